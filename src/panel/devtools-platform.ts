import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { Platform, RecordingOptions, Storage, Theme } from './platform.ts';

/** What the two browsers add to the panels' interface, beyond the common part. */
interface PanelsOfBrowsers {
  readonly themeName?: string;
  /** Firefox. */
  readonly onThemeChanged?: { addListener(listener: (name: string) => void): void };
  /** Chrome. */
  setThemeChangeHandler?(listener: (name: string) => void): void;
  /** Chrome. Line and column from 0. */
  openResource?(url: string, line: number, column: number, done?: () => void): void;
}

interface ChromeGlobal {
  readonly chrome?: { readonly devtools?: { readonly panels?: PanelsOfBrowsers } };
}

const extensionStorage: Storage = {
  async get(key) {
    return (await browser.storage.local.get(key))[key];
  },
  async set(key, value) {
    await browser.storage.local.set({ [key]: value });
  },
};

export function devtoolsPlatform(setRecording: (options: RecordingOptions) => void): Platform {
  const panels = browser.devtools.panels as unknown as PanelsOfBrowsers;
  // The polyfill hides what Chrome alone has.
  const chromePanels = (globalThis as ChromeGlobal).chrome?.devtools?.panels;
  const theme = signal<Theme>(themeOf(panels.themeName));
  const onTheme = (name: string) => {
    theme.value = themeOf(name);
  };
  if (panels.onThemeChanged !== undefined) panels.onThemeChanged.addListener(onTheme);
  else chromePanels?.setThemeChangeHandler?.(onTheme);
  const open = chromePanels?.openResource?.bind(chromePanels);
  return {
    kind: 'devtools',
    theme,
    language: browser.i18n.getUILanguage(),
    storage: extensionStorage,
    reload: () => void browser.devtools.inspectedWindow.reload(),
    requestAccess: () => void browser.runtime.sendMessage({ type: 'open-options' }),
    openResource:
      open === undefined
        ? undefined
        : (url, line, column) => open(url, Math.max(0, line - 1), Math.max(0, column - 1)),
    setRecording,
  };
}

function themeOf(name: string | undefined): Theme {
  return name === 'dark' ? 'dark' : 'light';
}
