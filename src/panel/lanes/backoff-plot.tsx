import { t, words } from '../words.ts';
import { recommendedDelay } from './backoff.ts';

const WIDTH = 260;
const HEIGHT = 84;
const LEFT = 40;
const BOTTOM = 16;
const TOP = 6;
const MAX_POINTS = 40;

/**
 * A chain's delays, attempt against delay, over the recommended envelope.
 * @param grows they do grow: a jitter below the envelope is no fault then
 */
export function BackoffPlot({ delaysMs, grows }: { delaysMs: readonly number[]; grows: boolean }) {
  const { duration, number } = words.value;
  const delays = delaysMs.slice(-MAX_POINTS);
  const offset = delaysMs.length - delays.length;
  const envelope = delays.map((_, i) => recommendedDelay(offset + i + 1));
  const isFast = (ms: number, i: number) => !grows && ms < envelope[i]!.fromMs;
  const most = Math.max(1, ...delays, ...envelope.map(({ toMs }) => toMs));
  const plotWidth = WIDTH - LEFT - 8;
  const plotHeight = HEIGHT - TOP - BOTTOM;
  const x = (i: number) =>
    LEFT + (delays.length === 1 ? plotWidth / 2 : (i * plotWidth) / (delays.length - 1));
  // The square root keeps a delay of 50 ms apart from one of 1 s on an axis that ends at 30 s.
  const y = (ms: number) => TOP + plotHeight * (1 - Math.sqrt(Math.max(0, ms) / most));
  const area =
    envelope.length === 1
      ? `M${LEFT} ${y(envelope[0]!.toMs)}h${plotWidth}V${y(envelope[0]!.fromMs)}H${LEFT}Z`
      : `M${envelope.map(({ toMs }, i) => `${x(i)} ${y(toMs)}`).join('L')}L${envelope
          .map(({ fromMs }, i) => `${x(i)} ${y(fromMs)}`)
          .reverse()
          .join('L')}Z`;
  return (
    <figure class="backoff-plot">
      <figcaption>
        {t('panel_plot_title')}
        {delays.some(isFast) && (
          <span class="plot-key">
            <span class="plot-key-fast" aria-hidden="true">
              ●
            </span>{' '}
            {t('panel_plot_fast')}
          </span>
        )}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t('panel_plot_label', {
          delays: delays.map((ms) => duration(ms)).join(', '),
        })}
      >
        <path class="plot-envelope" d={area} />
        <path class="plot-axis" d={`M${LEFT} ${TOP}V${TOP + plotHeight}H${WIDTH - 8}`} />
        <text class="plot-text plot-text-end" x={LEFT - 4} y={TOP + 8}>
          {duration(most)}
        </text>
        <text class="plot-text plot-text-end" x={LEFT - 4} y={TOP + plotHeight}>
          0
        </text>
        <text class="plot-text" x={LEFT} y={HEIGHT - 4}>
          {t('panel_plot_attempt', { attempt: number(offset + 1) })}
        </text>
        {delays.length > 1 && (
          <text class="plot-text plot-text-end" x={WIDTH - 8} y={HEIGHT - 4}>
            {number(delaysMs.length)}
          </text>
        )}
        <polyline class="plot-line" points={delays.map((ms, i) => `${x(i)},${y(ms)}`).join(' ')} />
        {delays.map((ms, i) => {
          const { fromMs, toMs } = envelope[i]!;
          return (
            <circle
              key={`${i} ${ms}`}
              class={isFast(ms, i) ? 'plot-point plot-point-fast' : 'plot-point'}
              cx={x(i)}
              cy={y(ms)}
              r={2.5}
            >
              <title>
                {t('panel_plot_point', {
                  attempt: offset + i + 1,
                  delayMs: ms,
                  from: duration(fromMs),
                  to: duration(toMs),
                })}
              </title>
            </circle>
          );
        })}
      </svg>
    </figure>
  );
}
