import { effect, type Signal, signal } from '@preact/signals';
import type { Platform } from './platform.ts';
import type { LanguageChoice } from './words.ts';

export type Tab = 'sockets' | 'rules' | 'codes';
/** In the order that they stand in. */
export const DETAIL_TABS = [
  'summary',
  'timeline',
  'messages',
  'handshake',
  'code',
  'findings',
  'initiator',
] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

export const COLUMNS = [
  'url',
  'state',
  'code',
  'reason',
  'closedBy',
  'lived',
  'reconnect',
  'frame',
  'clean',
  'sent',
  'received',
  'opened',
  'protocol',
  'traffic',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface ColumnSetting {
  readonly id: Column;
  readonly shown: boolean;
  /** Pixels; absent: as wide as its content wants. */
  readonly width?: number;
}

export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

/** What the user has chosen in the panel. Signals, one a choice. */
export interface UiState {
  readonly tab: Signal<Tab>;
  readonly selected: Signal<string | undefined>;
  readonly detailOpen: Signal<boolean>;
  readonly detailTab: Signal<DetailTab>;
  readonly filter: Signal<string>;
  readonly sort: Signal<Sort | undefined>;
  readonly grouped: Signal<boolean>;
  readonly collapsed: Signal<ReadonlySet<string>>;
  readonly columns: Signal<readonly ColumnSetting[]>;
  readonly lanes: Signal<boolean>;
  /** Pixels; undefined: as high as the lanes need, within reason. */
  readonly lanesHeight: Signal<number | undefined>;
  /** Share of the width (or height, stacked) that the detail takes. */
  readonly split: Signal<number>;
  readonly language: Signal<LanguageChoice>;
  readonly paused: Signal<boolean>;
  readonly previews: Signal<boolean>;
  /** The code that the Codes view shows. */
  readonly code: Signal<number | undefined>;
  /** The codes that stand side by side. */
  readonly compare: Signal<readonly number[]>;
  readonly dialog: Signal<'export' | 'help' | 'columns' | 'merge' | undefined>;
  /** What the Rules view looked like when it was left. */
  readonly rules: RulesLook;
}

export type RulesSection = 'findings' | 'settings' | 'own';

export interface RulesLook {
  readonly section: Signal<RulesSection>;
  /** The code that a rule of one's own is to be written about. */
  readonly draft: Signal<string | undefined>;
  scrollTop: number;
  /** Findings by their key, and what the user made of them. */
  readonly folded: Map<string, boolean>;
}

const SHOWN = new Set<Column>(['url', 'state', 'code', 'reason', 'closedBy', 'lived', 'reconnect']);

export const DEFAULT_COLUMNS: readonly ColumnSetting[] = COLUMNS.map((id) => ({
  id,
  shown: SHOWN.has(id),
}));

export function createUiState(): UiState {
  return {
    tab: signal<Tab>('sockets'),
    selected: signal<string | undefined>(undefined),
    detailOpen: signal(false),
    detailTab: signal<DetailTab>('summary'),
    filter: signal(''),
    sort: signal<Sort | undefined>(undefined),
    grouped: signal(false),
    collapsed: signal<ReadonlySet<string>>(new Set()),
    columns: signal(DEFAULT_COLUMNS),
    lanes: signal(true),
    lanesHeight: signal<number | undefined>(undefined),
    split: signal(0.42),
    language: signal<LanguageChoice>('auto'),
    paused: signal(false),
    previews: signal(false),
    code: signal<number | undefined>(undefined),
    compare: signal<readonly number[]>([1001, 1008]),
    dialog: signal<'export' | 'help' | 'columns' | 'merge' | undefined>(undefined),
    rules: {
      section: signal<RulesSection>('findings'),
      draft: signal<string | undefined>(undefined),
      scrollTop: 0,
      folded: new Map(),
    },
  };
}

const KEY = 'panel';

/** Reads the kept choices and keeps them from then on. The filter is kept for the session only. */
export async function rememberUiState(ui: UiState, platform: Platform): Promise<void> {
  const kept = await platform.storage.get(KEY);
  if (typeof kept === 'object' && kept !== null) restore(ui, kept as Record<string, unknown>);
  try {
    ui.filter.value = sessionStorage.getItem('filter') ?? '';
  } catch {
    // No session storage here: the filter starts empty.
  }
  let first = true;
  effect(() => {
    const value = {
      columns: ui.columns.value,
      grouped: ui.grouped.value,
      lanes: ui.lanes.value,
      lanesHeight: ui.lanesHeight.value,
      split: ui.split.value,
      language: ui.language.value,
    };
    if (!first) void platform.storage.set(KEY, value);
    first = false;
  });
  effect(() => {
    const filter = ui.filter.value;
    try {
      sessionStorage.setItem('filter', filter);
    } catch {
      // As above.
    }
  });
}

function restore(ui: UiState, kept: Record<string, unknown>): void {
  if (typeof kept.grouped === 'boolean') ui.grouped.value = kept.grouped;
  if (typeof kept.lanes === 'boolean') ui.lanes.value = kept.lanes;
  const height = numberIn(kept.lanesHeight, 40, 2000);
  if (height !== undefined) ui.lanesHeight.value = height;
  const split = numberIn(kept.split, 0.1, 0.9);
  if (split !== undefined) ui.split.value = split;
  if (kept.language === 'en' || kept.language === 'vi') ui.language.value = kept.language;
  if (Array.isArray(kept.columns)) ui.columns.value = columnsFrom(kept.columns);
}

/** Unknown columns are left out, missing ones are added at their default place's end. */
export function columnsFrom(kept: readonly unknown[]): readonly ColumnSetting[] {
  const columns: ColumnSetting[] = [];
  for (const one of kept) {
    if (typeof one !== 'object' || one === null) continue;
    const { id, shown, width } = one as Record<string, unknown>;
    const known = COLUMNS.find((column) => column === id);
    if (known === undefined || columns.some((column) => column.id === known)) continue;
    columns.push({ id: known, shown: shown === true, width: numberIn(width, 24, 4000) });
  }
  for (const column of DEFAULT_COLUMNS) {
    if (!columns.some((one) => one.id === column.id)) columns.push(column);
  }
  return columns;
}

function numberIn(value: unknown, min: number, max: number): number | undefined {
  return typeof value === 'number' && value >= min && value <= max ? value : undefined;
}
