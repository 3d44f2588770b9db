import type { TargetedKeyboardEvent } from 'preact';
import { t } from './words.ts';

export interface SeparatorProps {
  /** `vertical` stands between left and right. */
  readonly orientation: 'vertical' | 'horizontal';
  readonly label: string;
  /** Position in percent, for assistive technology. */
  readonly value: number;
  readonly controls: string;
  /** Called with the pointer's movement in pixels since the start of the drag. */
  readonly onDrag: (delta: number, start: number) => void;
  /** The value that the drag starts from. */
  readonly start: () => number;
  /** By keyboard: one step back or forth. */
  readonly onStep: (steps: number) => void;
  readonly onReset?: () => void;
}

/** A border that can be moved by pointer and by arrow keys. */
export function Separator(props: SeparatorProps) {
  const vertical = props.orientation === 'vertical';
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const back = vertical ? 'ArrowLeft' : 'ArrowUp';
    const forth = vertical ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== back && event.key !== forth) return;
    event.preventDefault();
    event.stopPropagation();
    props.onStep((event.key === forth ? 1 : -1) * (event.shiftKey ? 5 : 1));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget, `hr` is not.
    <div
      class={`separator separator-${props.orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={props.orientation}
      aria-valuenow={Math.round(props.value)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-controls={props.controls}
      title={t('panel_separator_hint')}
      onKeyDown={onKeyDown}
      onDblClick={props.onReset}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        const handle = event.currentTarget;
        handle.focus();
        const from = vertical ? event.clientX : event.clientY;
        const start = props.start();
        handle.setPointerCapture(event.pointerId);
        handle.onpointermove = (moved) =>
          props.onDrag((vertical ? moved.clientX : moved.clientY) - from, start);
        handle.onpointerup = () => {
          handle.onpointermove = null;
        };
      }}
    />
  );
}
