import { effect } from '@preact/signals';
import { render } from 'preact';
import type { LogGenerator } from '../log/index.ts';
import { createDiagnosis } from '../rules/create-diagnosis.ts';
import { RULES } from '../rules/registry.ts';
import { type PanelContext, PanelProvider } from './context.ts';
import type { Platform } from './platform.ts';
import { OwnRuleStore } from './rules/own-store.ts';
import { RuleSettingsStore } from './rules/settings.ts';
import type { Clock } from './session.ts';
import { SessionStore } from './session-store.ts';
import { Shell } from './shell/shell.tsx';
import { createUiState, rememberUiState } from './ui-state.ts';
import { loadWords } from './words.ts';
import './styles/theme.css';
import './styles/shell.css';
import './styles/sockets.css';
import './styles/lanes.css';
import './styles/rules.css';
import './styles/logs.css';

export interface BootOptions {
  readonly platform: Platform;
  /** Whether there is an inspected tab. */
  readonly live: boolean;
  readonly generator?: LogGenerator;
}

/** Builds the panel's parts and shows it, once its texts and kept choices are there. */
export async function boot(options: BootOptions): Promise<PanelContext> {
  const { platform, live, generator } = options;
  const ui = createUiState();
  const ownRules = new OwnRuleStore(platform.storage);
  const store = new SessionStore({
    clock: browserClock,
    createDiagnosis,
    live,
    enrich: (view) => ownRules.applied(view),
  });
  const settings = new RuleSettingsStore(
    RULES.map((rule) => rule.meta),
    platform.storage,
    (value) => store.setSettings(value),
  );
  const panel: PanelContext = { store, ui, platform, settings, ownRules, generator };
  await Promise.all([rememberUiState(ui, platform), settings.load(), ownRules.load()]);
  await loadWords(ui.language.value, platform.language).catch(() =>
    loadWords('en', platform.language),
  );
  let first = true;
  effect(() => {
    const choice = ui.language.value;
    if (!first) void loadWords(choice, platform.language);
    first = false;
  });
  render(
    <PanelProvider value={panel}>
      <Shell />
    </PanelProvider>,
    document.getElementById('app')!,
  );
  return panel;
}

export const browserClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => window.setTimeout(run, ms),
  clearTimeout: (id) => window.clearTimeout(id),
  frame(run) {
    // A hidden page paints nothing and gets no frames, yet its state goes on.
    if (document.hidden) window.setTimeout(run, 50);
    else requestAnimationFrame(() => run());
  },
};
