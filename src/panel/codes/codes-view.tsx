import { useRef } from 'preact/hooks';
import type { Translator } from '../../i18n/index.ts';
import { type CodeCounts, FIRST_COMPARISON } from './choices.ts';
import { CodeList } from './code-list.tsx';
import { CodePage, type SocketLink } from './code-page.tsx';
import './codes.css';
import { Comparison } from './comparison.tsx';

export interface CodesViewProps {
  readonly words: Translator;
  /** How often each code ended a socket of this session. */
  readonly counts: CodeCounts;
  /** The code whose page is open; none: an introduction. */
  readonly selected: number | undefined;
  readonly onSelect: (code: number) => void;
  /** The codes side by side, two or three; others are put right. */
  readonly compare?: readonly number[];
  readonly onCompare: (codes: readonly number[]) => void;
  /** Shows the sockets that ended with a code, in the Sockets view. */
  readonly onShowSockets: (code: number) => void;
  /** This session's sockets that ended with a code, latest first. */
  readonly socketsOf?: (code: number) => readonly SocketLink[];
  readonly onShowSocket?: (socket: string) => void;
}

/** Every close code: the list, the page of one, and any two or three side by side. */
export function CodesView(props: CodesViewProps) {
  const { words, counts, selected, onSelect, onCompare, onShowSockets, onShowSocket } = props;
  const { t } = words;
  const comparison = useRef<HTMLDivElement>(null);
  const compare = twoOrThree(props.compare ?? FIRST_COMPARISON);
  return (
    <div class="codes">
      <div class="codes-split">
        <CodeList words={words} counts={counts} selected={selected} onSelect={onSelect} />
        <div class="codes-content">
          {selected === undefined ? (
            <p class="codes-intro">{t('panel_codes_intro')}</p>
          ) : (
            <CodePage
              words={words}
              code={selected}
              counts={counts}
              sockets={props.socketsOf?.(selected) ?? []}
              onShowSocket={onShowSocket}
              onShowSockets={onShowSockets}
              onCompareWith={(other) => {
                onCompare([selected, other]);
                comparison.current?.scrollIntoView({ block: 'start' });
                comparison.current?.querySelector('select')?.focus({ preventScroll: true });
              }}
            />
          )}
          <div ref={comparison}>
            <Comparison
              words={words}
              counts={counts}
              codes={compare}
              onChange={onCompare}
              onShowSockets={onShowSockets}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

function twoOrThree(codes: readonly number[]): readonly number[] {
  const [first = FIRST_COMPARISON[0], second = FIRST_COMPARISON[1], third] = codes;
  return third === undefined ? [first, second] : [first, second, third];
}
