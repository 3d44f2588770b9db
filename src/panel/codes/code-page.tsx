import { useId } from 'preact/hooks';
import type { Translator } from '../../i18n/index.ts';
import { codeText, lookUpCode } from '../../model/close-codes.ts';
import { retryText, sendersText, wireText } from '../../model/compare-codes.ts';
import { type CodeCounts, numberText } from './choices.ts';
import { CodeTitle, SessionCount, SpecLinks } from './parts.tsx';

/** A socket of this session, as this view lists it. */
export interface SocketLink {
  readonly id: string;
  /** What tells it from others: its URL, or its endpoint and time. */
  readonly label: string;
}

export interface CodePageProps {
  readonly words: Translator;
  readonly code: number;
  readonly counts: CodeCounts;
  readonly sockets: readonly SocketLink[];
  readonly onShowSocket?: (socket: string) => void;
  readonly onShowSockets: (code: number) => void;
  readonly onCompareWith: (code: number) => void;
}

/** More would push the text away; the rest is one click off, in the Sockets view. */
const LISTED_SOCKETS = 5;

/** Everything about one code. */
export function CodePage(props: CodePageProps) {
  const { words, code, counts, sockets, onShowSocket, onShowSockets, onCompareWith } = props;
  const { t } = words;
  const entry = lookUpCode(code);
  const heading = useId();
  return (
    <article class="codes-page" aria-labelledby={heading}>
      <h2 id={heading}>
        <CodeTitle words={words} code={code} counts={counts} />
      </h2>
      <p class="codes-gloss">{t(codeText(entry, 'short'))}</p>
      <p class="codes-lead">{t(codeText(entry, 'means'))}</p>
      <div class="codes-columns">
        <div class="codes-texts">
          <Section title={t('panel_codes_row_seen')} text={t(codeText(entry, 'seen'))} />
          <Section title={t('panel_codes_row_fix')} text={t(codeText(entry, 'fix'))} />
          <Section title={t('panel_codes_row_use')} text={t(codeText(entry, 'use'))} />
        </div>
        <dl class="codes-facts">
          <dt>{t('panel_codes_row_retry')}</dt>
          <dd>{t(retryText(entry))}</dd>
          <dt>{t('panel_codes_row_senders')}</dt>
          <dd>{t(sendersText(entry))}</dd>
          <dt>{t('panel_codes_row_wire')}</dt>
          <dd>{t(wireText(entry))}</dd>
          <dt>{t('panel_codes_row_session')}</dt>
          <dd>
            <SessionCount words={words} code={code} counts={counts} onShowSockets={onShowSockets} />
            {onShowSocket !== undefined && sockets.length > 0 && (
              <ul class="codes-sockets">
                {sockets.slice(0, LISTED_SOCKETS).map((socket) => (
                  <li key={socket.id}>
                    <button
                      type="button"
                      class="codes-link"
                      title={socket.label}
                      onClick={() => onShowSocket(socket.id)}
                    >
                      {socket.label}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </dd>
          <dt>{t('panel_codes_row_spec')}</dt>
          <dd>
            <SpecLinks entry={entry} />
          </dd>
          {entry.confusedWith.length > 0 && (
            <>
              <dt>{t('panel_codes_confused')}</dt>
              <dd class="codes-others">
                {entry.confusedWith.map((other) => (
                  <button
                    key={other}
                    type="button"
                    class="codes-chip"
                    title={t('panel_codes_compare_with', {
                      first: numberText(code, counts),
                      second: `${other}`,
                    })}
                    aria-label={t('panel_codes_compare_with', {
                      first: numberText(code, counts),
                      second: `${other}`,
                    })}
                    onClick={() => onCompareWith(other)}
                  >
                    {other}
                  </button>
                ))}
              </dd>
            </>
          )}
        </dl>
      </div>
    </article>
  );
}

function Section({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <p>{text}</p>
    </section>
  );
}
