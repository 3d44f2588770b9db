import { clockTime } from '../sockets/cells.tsx';
import { t } from '../words.ts';
import type { Band, Flag } from './model.ts';
import { ticks, type Window } from './scale.ts';

/** Width of a time on the axis, about. */
const LABEL_PX = 60;

/** The axis: wall-clock times, what happened to the page, and the cursor's exact time. */
export function Ruler(props: {
  readonly window: Window;
  readonly width: number;
  readonly startedAt: number;
  readonly flags: readonly Flag[];
  readonly bands: readonly Band[];
  readonly cursor: { readonly x: number; readonly t: number } | undefined;
}) {
  const { window: shown, width, startedAt, bands, cursor } = props;
  const { step, at } = ticks(shown, width, startedAt);
  const x = (time: number) => ((time - shown.from) / (shown.to - shown.from)) * width;
  const flags = props.flags.filter(
    (flag) => x(flag.t) >= -LABEL_PX && x(flag.t) <= width + LABEL_PX,
  );
  // A sign on top of a time makes both unreadable: the sign tells the time when pointed at.
  // Half a time at the end is none.
  const free = (left: number) =>
    left <= width - LABEL_PX &&
    flags.every((flag) => x(flag.t) < left - 8 || x(flag.t) > left + LABEL_PX);
  return (
    <div class="ruler" aria-hidden="true">
      {at
        .filter((time) => free(x(time)))
        .map((time) => (
          <span key={time} class="tick" style={{ left: `${x(time)}px` }}>
            {label(startedAt + time, step)}
          </span>
        ))}
      {bands
        .filter((band) => x(band.to ?? shown.to) > 0 && x(band.from) < width)
        .map((band) => (
          <span
            key={`${band.kind} ${band.from}`}
            class={`ruler-band ruler-band-${band.kind}`}
            title={t(`panel_lanes_${band.kind}`)}
            style={{
              left: `${Math.max(0, x(band.from))}px`,
              width: `${Math.max(3, Math.min(width, x(band.to ?? shown.to)) - Math.max(0, x(band.from)))}px`,
            }}
          />
        ))}
      {flags
        .filter((flag) => x(flag.t) >= 0 && x(flag.t) <= width)
        .slice(0, 200)
        .map((flag) => (
          <span
            key={`${flag.kind} ${flag.t}`}
            class={`flag flag-${flag.kind}`}
            title={`${t(`panel_lanes_${flag.kind}`)}${flag.label === undefined ? '' : `: ${flag.label}`} ${clockTime(startedAt + flag.t)}`}
            style={{ left: `${x(flag.t)}px` }}
          >
            {FLAG_SIGNS[flag.kind]}
          </span>
        ))}
      {cursor !== undefined && (
        <span
          class="ruler-cursor"
          style={{ left: `${Math.max(40, Math.min(cursor.x, width - 40))}px` }}
        >
          {clockTime(startedAt + cursor.t)}
        </span>
      )}
    </div>
  );
}

export const FLAG_SIGNS = { navigation: '⤷', drill: '⚑', freeze: '❄' } as const;

function label(epoch: number, step: number): string {
  const time = clockTime(epoch);
  return step < 1_000 ? time.slice(3) : step < 60_000 ? time.slice(0, 8) : time.slice(0, 5);
}
