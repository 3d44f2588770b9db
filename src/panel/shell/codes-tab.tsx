import { countCodes } from '../code-counts.ts';
import { CodesView } from '../codes/index.ts';
import { usePanel } from '../context.ts';
import { clockTime } from '../sockets/cells.tsx';
import { words } from '../words.ts';

const MAX_LINKS = 50;

export function CodesTab() {
  const { store, ui } = usePanel();
  const view = store.view.value;
  const showSockets = (code: number) => {
    ui.filter.value = `code:${code}`;
    ui.tab.value = 'sockets';
  };
  return (
    <CodesView
      words={words.value}
      counts={countCodes(view)}
      selected={ui.code.value}
      onSelect={(code) => {
        ui.code.value = code;
      }}
      compare={ui.compare.value}
      onCompare={(codes) => {
        ui.compare.value = codes;
      }}
      onShowSockets={showSockets}
      socketsOf={(code) =>
        [...view.sockets.values()]
          .filter((socket) => socket.code === code)
          .slice(-MAX_LINKS)
          .reverse()
          .map((socket) => ({
            id: socket.id,
            label: `${clockTime(view.startedAt + (socket.closeAt ?? socket.lastAt))} ${socket.url}`,
          }))
      }
      onShowSocket={(id) => {
        ui.tab.value = 'sockets';
        ui.selected.value = id;
        ui.detailOpen.value = true;
      }}
    />
  );
}
