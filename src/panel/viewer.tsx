import { computed, signal } from '@preact/signals';
import { boot } from './boot.tsx';
import { pageStorage, type Theme } from './platform.ts';

/** The panel as an ordinary page: opens saved logs, needs no extension. */
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(dark.matches);
dark.addEventListener('change', () => {
  systemDark.value = dark.matches;
});

await boot({
  live: false,
  platform: {
    kind: 'page',
    language: navigator.language,
    storage: pageStorage,
    theme: computed<Theme>(() => (systemDark.value ? 'dark' : 'light')),
  },
});
