import type { Translator } from '../../i18n/index.ts';
import { type CloseCodeEntry, lookUpCode } from '../../model/close-codes.ts';
import { Mark } from '../mark.tsx';
import { type CodeCounts, numberText, rangeOf, titleOf } from './choices.ts';
import { outcomeOfCode } from './outcome.ts';

/** Mark, number and name: how a code is headed everywhere in this view. */
export function CodeTitle(props: { words: Translator; code: number; counts: CodeCounts }) {
  const { words, code, counts } = props;
  return (
    <span class="codes-title">
      <Mark outcome={outcomeOfCode(code)} />{' '}
      <span class="codes-number">{numberText(code, counts)}</span>{' '}
      <span class="codes-name">{words.t(titleOf(code, counts))}</span>
    </span>
  );
}

/** The references, each a link that opens beside the panel. */
export function SpecLinks({ entry }: { entry: CloseCodeEntry }) {
  return (
    <ul class="codes-links">
      {entry.spec.map(({ label, url }) => (
        <li key={url}>
          <a href={url} target="_blank" rel="noreferrer">
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/**
 * The number of this session's sockets that ended so, as a way to them; for a
 * range one for each of its codes that the session has seen.
 */
export function SessionCount(props: {
  words: Translator;
  code: number;
  counts: CodeCounts;
  onShowSockets: (code: number) => void;
}) {
  const { words, code, counts, onShowSockets } = props;
  const seen =
    rangeOf(code, counts) === undefined
      ? [code].filter((one) => counts.has(one))
      : [...counts.keys()].filter((one) => lookUpCode(one) === lookUpCode(code)).sort(ascending);
  if (seen.length === 0) return <span class="codes-muted">{words.t('panel_codes_not_seen')}</span>;
  return (
    <ul>
      {seen.map((one) => {
        const count = counts.get(one) ?? 0;
        const sockets = words.t('panel_codes_show_sockets', { count });
        return (
          <li key={one}>
            <button type="button" class="codes-link" onClick={() => onShowSockets(one)}>
              {one === code ? sockets : `${one}: ${sockets}`}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const ascending = (a: number, b: number) => a - b;
