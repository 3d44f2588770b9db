import type { ComponentChildren } from 'preact';
import { usePanel } from '../context.ts';
import type { SessionView } from '../session.ts';

/** A button that goes to a socket: its row selected, its detail open. */
export function SocketLink(props: {
  readonly id: string;
  readonly view: SessionView;
  readonly class?: string;
  readonly label?: string;
  readonly children: ComponentChildren;
}) {
  const { ui } = usePanel();
  return (
    <button
      type="button"
      class={props.class ?? 'link'}
      aria-label={props.label}
      onClick={() => {
        ui.tab.value = 'sockets';
        ui.selected.value = props.id;
        ui.detailOpen.value = true;
        ui.detailTab.value = 'summary';
      }}
    >
      {props.children}
    </button>
  );
}
