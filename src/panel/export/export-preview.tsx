import type { RedactionSample } from '../../log/index.ts';
import { t } from '../words.ts';
import { CUT, type DraftState } from './draft.ts';

/** Lines of the file that are shown, and characters of a line. */
const LINES = 24;
const WIDTH = 600;
const MARK = /(‹[a-z]+-\d+›|%E2%80%B9[a-z]+-\d+%E2%80%BA)/;

/** What leaves: what is taken out, before and after, and how the file begins. */
export function ExportPreview({ state }: { state: DraftState }) {
  const { events, samples, beginning, cut } = state;
  return (
    <div class="export-preview">
      <section aria-label={t('panel_export_preview')}>
        <h3>{t('panel_export_preview')}</h3>
        {samples.length === 0 ? (
          <p class="muted">{events === undefined ? '…' : t('panel_export_nothing_redacted')}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled by keys.
          <ul aria-label={t('panel_export_preview')} tabIndex={0}>
            {samples.map((sample) => (
              <Sample key={`${sample.field} ${sample.before}`} sample={sample} />
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t('panel_export_first_lines')}>
        <h3>{t('panel_export_first_lines')}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled by keys. */}
        <pre class="mono" tabIndex={0}>
          {beginning === undefined ? '…' : marked(firstLines(beginning))}
        </pre>
        {cut && <p class="muted">{t('panel_export_cut', { count: CUT })}</p>}
      </section>
    </div>
  );
}

function Sample({ sample }: { sample: RedactionSample }) {
  return (
    <li>
      <span class="muted">{sample.field}</span>
      <del class="mono break">{sample.before}</del>
      {sample.after === undefined ? (
        <span class="muted">→ {t('panel_export_left_out')}</span>
      ) : (
        <ins class="mono break">→ {sample.after}</ins>
      )}
    </li>
  );
}

function firstLines(text: string): string {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const shown = lines
    .slice(0, LINES)
    .map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line));
  if (lines.length > LINES) shown.push('…');
  return shown.join('\n');
}

/** The marks that stand for secrets stand out. Text only, whatever a page wrote. */
function marked(text: string) {
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}
