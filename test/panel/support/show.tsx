import { readFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import { render } from '@testing-library/preact';
import type { SessionEvent } from '../../../src/model/events.ts';
import { type PanelContext, PanelProvider } from '../../../src/panel/context.ts';
import type { Platform, Theme } from '../../../src/panel/platform.ts';
import { OwnRuleStore } from '../../../src/panel/rules/own-store.ts';
import { RuleSettingsStore } from '../../../src/panel/rules/settings.ts';
import { SessionStore } from '../../../src/panel/session-store.ts';
import { Shell } from '../../../src/panel/shell/shell.tsx';
import { createUiState } from '../../../src/panel/ui-state.ts';
import { useMessages } from '../../../src/panel/words.ts';
import { createDiagnosis } from '../../../src/rules/create-diagnosis.ts';
import { RULES } from '../../../src/rules/registry.ts';
import { onWallClock } from './events.ts';
import { FakeClock } from './fake-clock.ts';

export interface ShowOptions {
  readonly locale?: 'en' | 'vi';
  readonly theme?: Theme;
  readonly live?: boolean;
  readonly platform?: Partial<Platform>;
}

export interface Shown extends PanelContext {
  readonly clock: FakeClock;
  readonly kept: Map<string, unknown>;
  readonly theme: ReturnType<typeof signal<Theme>>;
  /** Events as the inspected tab tells them, in session milliseconds. */
  tell(events: readonly SessionEvent[]): void;
}

/** The whole panel over a fake tab. */
export function show(events: readonly SessionEvent[] = [], options: ShowOptions = {}): Shown {
  const { locale = 'en', live = true } = options;
  // By path: happy-dom's URL is no file URL.
  const texts = readFileSync(`public/_locales/${locale}/messages.json`, 'utf8');
  useMessages(JSON.parse(texts), locale);
  const clock = new FakeClock();
  const start = clock.now();
  const kept = new Map<string, unknown>();
  const storage = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const ui = createUiState();
  const ownRules = new OwnRuleStore(storage);
  const store = new SessionStore({
    clock,
    createDiagnosis,
    live,
    enrich: (view) => ownRules.applied(view),
  });
  const settings = new RuleSettingsStore(
    RULES.map((rule) => rule.meta),
    storage,
    (value) => store.setSettings(value),
  );
  const theme = signal<Theme>(options.theme ?? 'light');
  const platform: Platform = {
    kind: 'devtools',
    theme,
    language: locale,
    storage,
    setRecording: () => {},
    ...options.platform,
  };
  const panel: PanelContext = { store, ui, platform, settings, ownRules };
  const tell = (more: readonly SessionEvent[]) => {
    store.receive(onWallClock(more, start));
    clock.advance(1_000);
  };
  tell(events);
  render(
    <PanelProvider value={panel}>
      <Shell />
    </PanelProvider>,
  );
  return { ...panel, clock, kept, theme, tell };
}
