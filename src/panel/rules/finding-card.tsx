import { useId, useState } from 'preact/hooks';
import { nameOfCode } from '../../model/close-codes.ts';
import { endOf } from '../../model/life.ts';
import type { Cause, Finding } from '../../rules/types.ts';
import { CauseFix } from '../cause-fix.tsx';
import { causeMore, causeText, isLikely } from '../cause-text.ts';
import { usePanel } from '../context.ts';
import { SocketLink } from '../detail/socket-link.tsx';
import { outcomeOf } from '../facts.ts';
import { Mark } from '../mark.tsx';
import type { SessionView } from '../session.ts';
import { clockTime } from '../sockets/cells.tsx';
import { t, words } from '../words.ts';
import { fixOf, ruleText, titleOf } from './rule-text.ts';
import { VerdictMark } from './verdict-mark.tsx';

const SHOWN_SOCKETS = 12;
const SHOWN_FOLDED = 4;
const LEAST_SHOWN = 0.05;
const SHOWN_CAUSES = 3;
const SHOWN_EVIDENCE = 8;

export interface FindingCardProps {
  readonly finding: Finding;
  readonly view: SessionView;
  /** Whether why and fine stand open. */
  readonly open?: boolean;
  /** Begins with what it is, its cause and its cure alone; the title unfolds the rest. */
  readonly folded?: boolean;
  readonly onFold?: (folded: boolean) => void;
  /** A finding before it, of the same endpoint, says of the same cause what to do. */
  readonly causeTold?: boolean;
  /** Failed, but nothing to be alarmed by. */
  readonly quiet?: boolean;
  readonly specOf?: (rule: string) => string | undefined;
  readonly onSuppress?: (finding: Finding) => void;
}

/** One finding: what, on what evidence, where, and what to do. */
export function FindingCard(props: FindingCardProps) {
  const {
    finding,
    view,
    open = false,
    quiet = false,
    causeTold = false,
    specOf,
    onSuppress,
  } = props;
  const { ui } = usePanel();
  const id = useId();
  const foldable = props.folded !== undefined;
  const [folded, setFolded] = useState(props.folded === true);
  const title = titleOf(finding);
  const spec = specOf?.(finding.rule);
  // What is next to impossible only takes trust from the rest.
  const causes = (finding.causes ?? []).filter(
    ({ cause, confidence }, i) =>
      finding.verdict !== 'passed' && cause !== 'unknown' && (i === 0 || confidence >= LEAST_SHOWN),
  );
  const likely = isLikely(causes[0]);
  const evidence = [...finding.evidence].sort((a, b) => a.t - b.t).slice(0, SHOWN_EVIDENCE);
  const chips = folded ? SHOWN_FOLDED : SHOWN_SOCKETS;
  const fix = fixOf(finding);
  const fine = ruleText(finding.rule, 'fine');
  return (
    <article
      class={`finding finding-${finding.verdict} ${quiet ? 'finding-quiet' : ''}`}
      aria-labelledby={`${id}-title ${id}-endpoint`}
    >
      <header class="finding-head">
        <VerdictMark verdict={finding.verdict} />
        <h3 id={`${id}-title`}>
          {foldable ? (
            <button
              type="button"
              class="fold"
              aria-expanded={!folded}
              onClick={() => {
                setFolded(!folded);
                props.onFold?.(!folded);
              }}
            >
              {title}
            </button>
          ) : (
            title
          )}
        </h3>
        <span class="finding-endpoint mono" id={`${id}-endpoint`} title={finding.endpoint}>
          {finding.endpoint}
        </span>
        <time class="muted" title={t('panel_finding_at')}>
          {clockTime(view.startedAt + finding.at)}
        </time>
      </header>
      <p class="finding-message">{t(finding.message)}</p>
      {causes.length > 0 && <Causes causes={causes} brief={folded} told={causeTold} />}
      {fix !== '' &&
        !(folded && likely && !causeTold) &&
        finding.verdict !== 'passed' &&
        finding.verdict !== 'not-applicable' && (
          <p class="finding-fix">
            <span class="muted">{t('panel_finding_fix')}:</span> {fix}
          </p>
        )}
      {!folded && evidence.length > 0 && (
        <section>
          <h4>{t('panel_finding_evidence')}</h4>
          <ul class="evidence">
            {evidence.map((point, i) => (
              <li key={`${point.t} ${i}`}>
                <time class="muted">{clockTime(view.startedAt + point.t)}</time> {t(point.message)}
              </li>
            ))}
            {finding.evidence.length > evidence.length && (
              <li class="muted">
                {t('panel_more', { count: finding.evidence.length - evidence.length })}
              </li>
            )}
          </ul>
        </section>
      )}
      {finding.sockets.length > 0 && (
        <section>
          {!folded && <h4>{t('panel_finding_sockets')}</h4>}
          <div class="chips">
            {finding.sockets.slice(0, chips).map((socketId) => (
              <SocketChip key={socketId} id={socketId} view={view} />
            ))}
            {finding.sockets.length > chips && (
              <button
                type="button"
                class="link"
                title={t('panel_finding_all_sockets')}
                onClick={() => {
                  ui.filter.value = `rule:${finding.rule}`;
                  ui.tab.value = 'sockets';
                }}
              >
                {t('panel_more', { count: finding.sockets.length - chips })}
              </button>
            )}
          </div>
        </section>
      )}
      {!folded && (
        <details class="advice" open={open}>
          <summary>{t('panel_finding_advice')}</summary>
          <dl>
            <dt>{t('panel_finding_why')}</dt>
            <dd>{ruleText(finding.rule, 'why')}</dd>
            {fine !== '' && (
              <>
                <dt>{t('panel_finding_fine')}</dt>
                <dd>{fine}</dd>
              </>
            )}
            {spec !== undefined && spec !== '' && (
              <>
                <dt>{t('panel_finding_spec')}</dt>
                <dd>{spec}</dd>
              </>
            )}
          </dl>
          {onSuppress !== undefined && (
            <button type="button" class="button" onClick={() => onSuppress(finding)}>
              {t('panel_finding_suppress')}
            </button>
          )}
        </details>
      )}
    </article>
  );
}

function Causes(props: { causes: readonly Cause[]; brief: boolean; told: boolean }) {
  const { causes, brief, told } = props;
  const { percent } = words.value;
  const likely = isLikely(causes[0]);
  return (
    <section>
      {!(brief && likely) && (
        <h4>{t(likely ? 'panel_finding_causes' : 'panel_finding_causes_weak')}</h4>
      )}
      <ol class="causes">
        {causes.slice(0, brief ? 1 : SHOWN_CAUSES).map((cause, i) => (
          <li key={cause.cause}>
            <span class="cause-bar" aria-hidden="true">
              <span style={{ width: `${Math.round(cause.confidence * 100)}%` }} />
            </span>
            <span class="cause-share" title={t('panel_cause_share_why')}>
              {percent(cause.confidence)}
            </span>
            <span class="cause-text">
              <b>{causeText(cause.cause)}</b>
              {!brief && i === 0 && likely && (
                <span class="muted"> {causeMore(cause.cause, 'meaning')}</span>
              )}
              {!brief && cause.evidence.length > 0 && (
                <ul class="evidence">
                  {cause.evidence.map((evidence) => (
                    <li key={JSON.stringify(evidence)}>{t(evidence)}</li>
                  ))}
                </ul>
              )}
              {i === 0 && likely && !told && <CauseFix cause={cause.cause} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SocketChip({ id, view }: { id: string; view: SessionView }) {
  const socket = view.sockets.get(id);
  if (socket === undefined) return null;
  const end = endOf(socket);
  const at = clockTime(view.startedAt + (end ?? socket.openingAt ?? socket.firstAt));
  const ended =
    socket.code === undefined ? t(`panel_state_${socket.state}`) : t(nameOfCode(socket.code));
  const short = socket.code === undefined ? ended : String(socket.code);
  return (
    <SocketLink
      id={id}
      view={view}
      class="chip"
      label={t('panel_socket_chip', { short, url: socket.url, ended, at })}
    >
      <Mark outcome={outcomeOf(socket)} />
      <span>{short}</span>{' '}
      <span
        class="muted"
        title={t(end === undefined ? 'panel_finding_made_at' : 'panel_finding_closed_at', {
          time: at,
        })}
      >
        {at}
      </span>
    </SocketLink>
  );
}
