import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';

export interface TabSpec<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Shown beside the label, not part of the name. */
  readonly badge?: ComponentChildren;
}

interface TabListProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly TabSpec<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** Prefix of the ids of tabs and panels. */
  readonly prefix: string;
  readonly class?: string;
}

/** Tabs with one stop in the order of focus; arrows, Home and End move among them. */
export function TabList<Id extends string>(props: TabListProps<Id>) {
  const { tabs, value, onChange, prefix } = props;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex((tab) => tab.id === value);
    const to =
      event.key === 'ArrowRight'
        ? (at + 1) % tabs.length
        : event.key === 'ArrowLeft'
          ? (at + tabs.length - 1) % tabs.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? tabs.length - 1
              : -1;
    const tab = tabs[to];
    if (tab === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(tab.id);
    document.getElementById(`${prefix}-tab-${tab.id}`)?.focus();
  };
  return (
    <div
      class={`tabs ${props.class ?? ''}`}
      role="tablist"
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          class="tab"
          id={`${prefix}-tab-${tab.id}`}
          aria-selected={tab.id === value}
          aria-controls={tab.id === value ? `${prefix}-panel-${tab.id}` : undefined}
          tabIndex={tab.id === value ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
          {tab.badge}
        </button>
      ))}
    </div>
  );
}

export function TabPanel(props: {
  readonly prefix: string;
  readonly id: string;
  readonly class?: string;
  readonly focusable?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <div
      class={props.class}
      role="tabpanel"
      id={`${props.prefix}-panel-${props.id}`}
      aria-labelledby={`${props.prefix}-tab-${props.id}`}
      tabIndex={props.focusable ? 0 : undefined}
    >
      {props.children}
    </div>
  );
}
