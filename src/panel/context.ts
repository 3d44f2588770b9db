import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LogGenerator } from '../log/index.ts';
import type { Platform } from './platform.ts';
import type { OwnRuleStore } from './rules/own-store.ts';
import type { RuleSettingsStore } from './rules/settings.ts';
import type { SessionStore } from './session-store.ts';
import type { UiState } from './ui-state.ts';

/** What every view may reach. */
export interface PanelContext {
  readonly store: SessionStore;
  readonly ui: UiState;
  readonly platform: Platform;
  readonly settings: RuleSettingsStore;
  readonly ownRules: OwnRuleStore;
  /** What stands in exported logs as their maker. */
  readonly generator?: LogGenerator;
}

const Context = createContext<PanelContext | undefined>(undefined);

export const PanelProvider = Context.Provider;

export function usePanel(): PanelContext {
  const panel = useContext(Context);
  if (panel === undefined) throw new Error('A view of the panel stands outside PanelProvider');
  return panel;
}
