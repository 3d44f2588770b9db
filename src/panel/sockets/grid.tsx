import { Component, type TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { tellChain } from '../../rules/chains/told.ts';
import { usePanel } from '../context.ts';
import { Icon } from '../icons.tsx';
import type { SessionView } from '../session.ts';
import { type Column, type ColumnSetting, DEFAULT_COLUMNS } from '../ui-state.ts';
import { t, words } from '../words.ts';
import { COLUMN_SPECS, cell, columnTitle } from './cells.tsx';
import type { Row } from './rows.ts';

export const ROW_HEIGHT = 21;
const OVERSCAN = 6;
/** Below a width, columns that must go so that those stay which tell the story. */
const LEFT_OUT: readonly (readonly [below: number, ids: readonly Column[]])[] = [
  [570, ['closedBy', 'lived']],
  [450, ['state', 'reason']],
];

export interface GridProps {
  readonly rows: readonly Row[];
  readonly view: SessionView;
  readonly onOpen: () => void;
  readonly onLeave: () => void;
}

/** The sockets as a grid of fixed rows; only those near the viewport are in the document. */
export function Grid({ rows, view, onOpen, onLeave }: GridProps) {
  const { ui } = usePanel();
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ top: 0, height: 600 });
  /** How many of those steps there is no room for. */
  const [steps, setSteps] = useState(0);
  const columns = useMemo(() => {
    const shown = ui.columns.value.filter((column) => column.shown);
    if (!isDefault(ui.columns.value)) return shown;
    const out = LEFT_OUT.slice(0, steps).flatMap(([, ids]) => ids);
    return shown.filter(({ id }) => !out.includes(id));
  }, [ui.columns.value, steps]);
  const selected = ui.selected.value;
  const template = useMemo(() => templateOf(columns), [columns]);
  const selectedIndex = useMemo(
    () => (selected === undefined ? -1 : rows.findIndex((row) => row.key === selected)),
    [rows, selected],
  );

  /** Where the grid stands, as told by its events: asking it while rendering would cost a layout. */
  const place = useRef({ top: 0, height: 600 });
  useScrollHold(scroller, place, rows);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      place.current = { top: element.scrollTop, height: element.clientHeight || 600 };
      setRange({ ...place.current });
      const width = element.clientWidth || Infinity;
      setSteps(LEFT_OUT.filter(([below]) => width < below).length);
    };
    let waiting = false;
    const onScroll = () => {
      place.current.top = element.scrollTop;
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        measure();
      });
    };
    measure();
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, []);

  const reveal = (index: number) => {
    const element = scroller.current;
    if (element === null) return;
    const top = index * ROW_HEIGHT;
    const visible = element.clientHeight - HEADER_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + visible) {
      element.scrollTop = top + ROW_HEIGHT - visible;
    }
  };

  // A selection made elsewhere (a finding, a lane) is brought into view; live updates are not.
  useLayoutEffect(() => {
    if (selectedIndex >= 0) reveal(selectedIndex);
  }, [selected]);

  const select = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    ui.selected.value = row.key;
  };

  const toggle = (row: Row) => {
    if (row.kind !== 'chain') return;
    const next = new Set(ui.collapsed.value);
    if (!next.delete(row.chain.id)) next.add(row.chain.id);
    ui.collapsed.value = next;
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(range.height / ROW_HEIGHT) - 2);
    const row = rows[selectedIndex];
    switch (event.key) {
      case 'ArrowDown':
        select(selectedIndex + 1);
        break;
      case 'ArrowUp':
        select(selectedIndex < 0 ? rows.length - 1 : selectedIndex - 1);
        break;
      case 'Home':
        select(0);
        break;
      case 'End':
        select(rows.length - 1);
        break;
      case 'PageDown':
        select(selectedIndex + page);
        break;
      case 'PageUp':
        select(selectedIndex - page);
        break;
      case 'ArrowRight':
      case 'ArrowLeft':
        if (row?.kind !== 'chain' || row.collapsed === (event.key === 'ArrowLeft')) return;
        toggle(row);
        break;
      case 'Enter':
      case ' ':
        if (row === undefined) return;
        if (row.kind === 'chain') toggle(row);
        else onOpen();
        break;
      case 'Escape':
        onLeave();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** Elements of rows that scroll out of sight serve those that come: making new ones costs a frame. */
  const slots = Math.ceil(range.height / ROW_HEIGHT) + 2 * OVERSCAN + 2;
  const first = Math.max(0, Math.floor(range.top / ROW_HEIGHT) - OVERSCAN);
  const last = Math.min(rows.length, Math.ceil((range.top + range.height) / ROW_HEIGHT) + OVERSCAN);
  const visible = rows.slice(first, last);
  const activeInView = selectedIndex >= first && selectedIndex < last;

  return (
    <div class="grid-scroller" ref={scroller}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot be virtualised and resized by column. */}
      <div
        class="grid"
        role="grid"
        tabIndex={0}
        aria-label={t('panel_sockets')}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeInView ? rowId(selectedIndex) : undefined}
        style={{ '--columns': template.columns, '--least': `${template.least}px` }}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset.key;
          if (key === undefined || event.button !== 0) return;
          const row = rows.find((one) => one.key === key);
          if (row === undefined) return;
          ui.selected.value = row.key;
          if (row.kind === 'socket') onOpen();
          else toggle(row);
        }}
      >
        <Header columns={columns} />
        {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
        <div class="grid-body" role="rowgroup" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
          {visible.map((row, i) => (
            <GridRow
              key={(first + i) % slots}
              row={row}
              index={first + i}
              selected={row.key === selected}
              columns={columns}
              view={view}
              language={words.value.locale}
              grouped={ui.grouped.value}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

const HEADER_HEIGHT = 24;

function rowId(index: number): string {
  return `socket-row-${index}`;
}

interface GridRowProps {
  readonly row: Row;
  readonly index: number;
  readonly selected: boolean;
  readonly columns: readonly ColumnSetting[];
  readonly view: SessionView;
  readonly language: string;
  readonly grouped: boolean;
}

/** Rendered anew only where something that it shows may have changed: scrolling moves, it does not. */
class GridRow extends Component<GridRowProps> {
  override shouldComponentUpdate(next: GridRowProps): boolean {
    const { props } = this;
    return (Object.keys(next) as (keyof GridRowProps)[]).some((key) => next[key] !== props[key]);
  }

  override render() {
    return <RowContent {...this.props} />;
  }
}

function RowContent({ row, index, selected, columns, view, grouped }: GridRowProps) {
  const common = {
    id: rowId(index),
    'data-key': row.key,
    'aria-rowindex': index + 2,
    'aria-selected': selected,
    style: { top: `${index * ROW_HEIGHT}px` },
  };
  if (row.kind === 'chain') {
    const { chain } = row;
    return (
      // biome-ignore lint/a11y: rows are reached through the grid's active descendant.
      <div {...common} role="row" class="row row-chain" aria-expanded={!row.collapsed}>
        {/* biome-ignore lint/a11y: as above. */}
        <span role="gridcell" class="cell" aria-colspan={columns.length}>
          <span class={row.collapsed ? 'twisty' : 'twisty twisty-open'}>
            <Icon name="chevron" />
          </span>
          <span class="text">{chain.endpoint}</span>
          <span class="muted nowrap">
            {t('panel_chain_sockets', { count: row.shown })}
            {' · '}
            {t(tellChain(chain, view.sockets))}
          </span>
        </span>
      </div>
    );
  }
  const hasState = columns.some(({ id }) => id === 'state');
  return (
    // biome-ignore lint/a11y: rows are reached through the grid's active descendant.
    <div {...common} role="row" class={`row ${index % 2 === 1 ? 'row-odd' : ''}`}>
      {columns.map((column, i) => (
        // biome-ignore lint/a11y: as above.
        <span
          key={column.id}
          role="gridcell"
          aria-colindex={i + 1}
          class={`cell cell-${column.id}${COLUMN_SPECS[column.id].numeric ? ' cell-number' : ''}${grouped && i === 0 ? ' cell-indent' : ''}`}
        >
          {cell(
            // Where there is no room for the state, it stands in the place of a code to come.
            column.id === 'code' && row.socket.code === undefined && !hasState
              ? 'state'
              : column.id,
            row.socket,
            view,
          )}
        </span>
      ))}
    </div>
  );
}

function Header({ columns }: { columns: readonly ColumnSetting[] }) {
  const { ui } = usePanel();
  const sort = ui.sort.value;
  const row = useRef<HTMLDivElement>(null);

  const sortBy = (id: Column) => {
    ui.sort.value =
      sort?.column !== id
        ? { column: id, descending: false }
        : sort.descending
          ? undefined
          : { column: id, descending: true };
  };
  const update = (id: Column, change: Partial<ColumnSetting>) => {
    ui.columns.value = ui.columns.value.map((one) => (one.id === id ? { ...one, ...change } : one));
  };
  const move = (id: Column, before: Column | undefined) => {
    if (id === before) return;
    const moved = ui.columns.value.find((one) => one.id === id);
    if (moved === undefined) return;
    const rest = ui.columns.value.filter((one) => one.id !== id);
    const at = before === undefined ? rest.length : rest.findIndex((one) => one.id === before);
    ui.columns.value = [...rest.slice(0, at), moved, ...rest.slice(at)];
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>, index: number) => {
    const column = columns[index]!;
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'ArrowDown') {
      (row.current?.closest('[role=grid]') as HTMLElement | null)?.focus();
    } else if (step === 0) return;
    else if (event.shiftKey) {
      const width = (event.currentTarget.parentElement?.offsetWidth ?? 100) + step * 10;
      update(column.id, { width: Math.max(COLUMN_MIN, width) });
    } else if (event.altKey) {
      move(column.id, step < 0 ? columns[index - 1]?.id : columns[index + 2]?.id);
    } else {
      const buttons = row.current?.querySelectorAll('button');
      buttons?.[(index + step + columns.length) % columns.length]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y: its buttons take the focus.
    <div
      class="row row-header"
      role="row"
      aria-rowindex={1}
      ref={row}
      onContextMenu={(event) => {
        event.preventDefault();
        ui.dialog.value = 'columns';
      }}
    >
      {columns.map((column, i) => {
        const sorted = sort?.column === column.id;
        return (
          // biome-ignore lint/a11y: its button takes the focus.
          <span
            key={column.id}
            role="columnheader"
            aria-colindex={i + 1}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            class={`cell${COLUMN_SPECS[column.id].numeric ? ' cell-number' : ''}`}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              const id = event.dataTransfer?.getData('text/x-column') as Column | undefined;
              if (id) {
                event.preventDefault();
                event.stopPropagation();
                move(id, column.id);
              }
            }}
          >
            <button
              type="button"
              class="head"
              draggable
              tabIndex={sorted || (sort === undefined && i === 0) ? 0 : -1}
              onClick={() => sortBy(column.id)}
              onKeyDown={(event) => onKeyDown(event, i)}
              onDragStart={(event) => event.dataTransfer?.setData('text/x-column', column.id)}
            >
              <span class="text">{columnTitle(column.id)}</span>
              {sorted && (
                <svg class="sort" width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
                  <path d={sort.descending ? 'M1 2.5h6L4 6.5Z' : 'M1 5.5h6L4 1.5Z'} />
                </svg>
              )}
            </button>
            <span
              class="resize"
              aria-hidden="true"
              onPointerDown={(event) => {
                event.preventDefault();
                const handle = event.currentTarget;
                const start = event.clientX;
                const width = handle.parentElement!.offsetWidth;
                handle.setPointerCapture(event.pointerId);
                handle.onpointermove = (moved) =>
                  update(column.id, { width: Math.max(COLUMN_MIN, width + moved.clientX - start) });
                handle.onpointerup = () => {
                  handle.onpointermove = null;
                };
              }}
              onDblClick={() => update(column.id, { width: undefined })}
            />
          </span>
        );
      })}
    </div>
  );
}

const COLUMN_MIN = 32;

/** Nobody has chosen which columns to see. */
function isDefault(columns: readonly ColumnSetting[]): boolean {
  return columns.every(
    ({ id, shown }) => shown === DEFAULT_COLUMNS.find((one) => one.id === id)?.shown,
  );
}

/** `least`: the width in pixels below which the grid scrolls sideways. */
function templateOf(columns: readonly ColumnSetting[]): { columns: string; least: number } {
  // Something must take what is left over, or the rows end before the panel does.
  const stretches = columns.some(
    (one) => one.width === undefined && COLUMN_SPECS[one.id].share > 0,
  );
  let least = 0;
  const tracks = columns.map(({ id, width }, i) => {
    const { min, share } = COLUMN_SPECS[id];
    const last = i === columns.length - 1;
    least += width ?? min;
    if (share > 0 && width === undefined) return `minmax(${min}px, ${share}fr)`;
    return last && !stretches ? `minmax(${width ?? min}px, 1fr)` : `${width ?? min}px`;
  });
  return { columns: tracks.join(' '), least };
}

/**
 * Keeps what is being read in place while rows come and go above it, and follows the end
 * where the reader is at the end.
 */
function useScrollHold(
  scroller: { readonly current: HTMLDivElement | null },
  place: { readonly current: { top: number; height: number } },
  rows: readonly Row[],
): void {
  const shown = useRef(rows);
  useLayoutEffect(() => {
    const held = shown.current;
    shown.current = rows;
    const now = scroller.current;
    if (now === null || held === rows) return;
    const { top, height } = place.current;
    if (top <= 0) return;
    if (top + height >= HEADER_HEIGHT + held.length * ROW_HEIGHT - 2) {
      now.scrollTop = HEADER_HEIGHT + rows.length * ROW_HEIGHT;
      return;
    }
    const index = Math.floor(top / ROW_HEIGHT);
    const key = held[index]?.key;
    if (key === undefined || rows[index]?.key === key) return;
    const moved = rows.findIndex((row) => row.key === key);
    if (moved < 0) return;
    place.current.top = top + (moved - index) * ROW_HEIGHT;
    now.scrollTop = place.current.top;
  }, [rows]);
}
