import { usePanel } from '../context.ts';
import { Dialog } from '../dialog.tsx';
import { Icon } from '../icons.tsx';
import { columnTitle } from '../sockets/cells.tsx';
import { type Column, DEFAULT_COLUMNS } from '../ui-state.ts';
import { t } from '../words.ts';

export function ColumnsDialog({ onClose }: { onClose: () => void }) {
  const { ui } = usePanel();
  const columns = ui.columns.value;
  const move = (id: Column, step: -1 | 1) => {
    const at = columns.findIndex((column) => column.id === id);
    const to = at + step;
    if (to < 0 || to >= columns.length) return;
    const next = [...columns];
    [next[at], next[to]] = [next[to]!, next[at]!];
    ui.columns.value = next;
  };
  const shown = columns.filter((column) => column.shown).length;
  return (
    <Dialog title={t('panel_columns')} onClose={onClose}>
      <ul class="column-list">
        {columns.map((column, i) => (
          <li key={column.id}>
            <label class="check">
              <input
                type="checkbox"
                checked={column.shown}
                disabled={column.shown && shown === 1}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  ui.columns.value = columns.map((one) =>
                    one.id === column.id ? { ...one, shown: on } : one,
                  );
                }}
              />
              {columnTitle(column.id)}
            </label>
            <button
              type="button"
              class="icon-button"
              disabled={i === 0}
              aria-label={t('panel_column_up', { column: columnTitle(column.id) })}
              onClick={() => move(column.id, -1)}
            >
              <Icon name="up" />
            </button>
            <button
              type="button"
              class="icon-button"
              disabled={i === columns.length - 1}
              aria-label={t('panel_column_down', { column: columnTitle(column.id) })}
              onClick={() => move(column.id, 1)}
            >
              <Icon name="down" />
            </button>
          </li>
        ))}
      </ul>
      <footer class="dialog-foot">
        <button
          type="button"
          class="button"
          onClick={() => {
            ui.columns.value = DEFAULT_COLUMNS;
          }}
        >
          {t('panel_columns_default')}
        </button>
      </footer>
    </Dialog>
  );
}
