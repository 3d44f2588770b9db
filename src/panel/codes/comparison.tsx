import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Translator } from '../../i18n/index.ts';
import { type CloseCodeEntry, codeText, lookUpCode } from '../../model/close-codes.ts';
import { compareCodes, retryText, sendersText, wireText } from '../../model/compare-codes.ts';
import type { Message } from '../../model/message.ts';
import type { CodeCounts } from './choices.ts';
import { CodePicker } from './code-picker.tsx';
import { CodeTitle, SessionCount, SpecLinks } from './parts.tsx';

export interface ComparisonProps {
  readonly words: Translator;
  readonly counts: CodeCounts;
  /** Two or three codes. */
  readonly codes: readonly number[];
  readonly onChange: (codes: readonly number[]) => void;
  readonly onShowSockets: (code: number) => void;
}

interface Row {
  readonly title: string;
  readonly cell: (code: number, entry: CloseCodeEntry) => ComponentChildren;
}

/** Two or three codes side by side, with what sets them apart on top. */
export function Comparison(props: ComparisonProps) {
  const { words, counts, codes, onChange, onShowSockets } = props;
  const { t } = words;
  const heading = useId();
  const text = (of: (entry: CloseCodeEntry) => Message) => (_: number, entry: CloseCodeEntry) =>
    t(of(entry));
  const rows: readonly Row[] = [
    { title: t('panel_codes_row_means'), cell: text((entry) => codeText(entry, 'means')) },
    { title: t('panel_codes_row_seen'), cell: text((entry) => codeText(entry, 'seen')) },
    { title: t('panel_codes_row_fix'), cell: text((entry) => codeText(entry, 'fix')) },
    { title: t('panel_codes_row_use'), cell: text((entry) => codeText(entry, 'use')) },
    { title: t('panel_codes_row_senders'), cell: text(sendersText) },
    { title: t('panel_codes_row_wire'), cell: text(wireText) },
    { title: t('panel_codes_row_retry'), cell: text(retryText) },
    {
      title: t('panel_codes_row_session'),
      cell: (code) => (
        <SessionCount words={words} code={code} counts={counts} onShowSockets={onShowSockets} />
      ),
    },
    { title: t('panel_codes_row_spec'), cell: (_, entry) => <SpecLinks entry={entry} /> },
  ];
  const [first, second, third] = codes;
  const change = (place: number, code: number | undefined) => {
    const next = [...codes];
    if (code === undefined) next.splice(place, 1);
    else next[place] = code;
    onChange(next);
  };
  return (
    <section class="codes-comparison" aria-labelledby={heading}>
      <h2 id={heading}>{t('panel_codes_compare')}</h2>
      <div class="codes-pickers">
        <CodePicker
          words={words}
          label={t('panel_codes_first')}
          counts={counts}
          value={first}
          onChange={(code) => change(0, code)}
        />
        <CodePicker
          words={words}
          label={t('panel_codes_second')}
          counts={counts}
          value={second}
          onChange={(code) => change(1, code)}
        />
        <CodePicker
          words={words}
          label={t('panel_codes_third')}
          counts={counts}
          value={third}
          optional
          onChange={(code) => change(2, code)}
        />
      </div>
      <div class="codes-key">
        <h3>{t('panel_codes_key')}</h3>
        <KeyDifferences words={words} codes={codes} />
      </div>
      {/* Roles are spelt out because narrow panels lay the table out as blocks, which unmakes it. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above. */}
      <table class="codes-table" role="table" style={{ '--columns': codes.length }}>
        <caption class="visually-hidden">{t('panel_codes_table')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <td role="cell" />
            {codes.map((code, place) => (
              <th key={place} scope="col" role="columnheader">
                <CodeTitle words={words} code={code} counts={counts} />
                <span class="codes-gloss">{t(codeText(lookUpCode(code), 'short'))}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.title} role="row">
              <th scope="row" role="rowheader">
                {row.title}
              </th>
              {codes.map((code, place) => (
                <td key={place} role="cell">
                  {row.cell(code, lookUpCode(code))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above. */}
    </section>
  );
}

function KeyDifferences({ words, codes }: { words: Translator; codes: readonly number[] }) {
  const pairs = codes.flatMap((one, at) =>
    codes.slice(at + 1).map((other) => ({ id: `${one} ${other}`, said: compareCodes(one, other) })),
  );
  const told = pairs.filter(({ said }) => said.length > 0);
  if (told.length === 0) return <p>{words.t('panel_codes_same')}</p>;
  return (
    <>
      {told.map(({ id, said }) => (
        <p key={id}>{said.map((sentence) => words.t(sentence)).join(' ')}</p>
      ))}
    </>
  );
}
