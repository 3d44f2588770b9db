import type { BrowserName } from '../support/browsers/index.ts';

/** Probes that differ from native, and must: docs/transparency.md says why. */
export const KNOWN: Readonly<Record<BrowserName, readonly string[]>> = {
  chrome: ['stream: rejections of promises that the page dropped'],
  firefox: [
    'send: uncaught error, onerror position',
    'close: uncaught error, onerror position',
    'send: caller of a conversion',
    'close: caller of a conversion',
    'addEventListener: caller of an option',
  ],
};

/** The same in a page of Chromium that sends, and adds listeners, some hundred times a second. */
export const KNOWN_OF_BUSY_PAGES: readonly string[] = [
  ...KNOWN.chrome,
  'send: uncaught error, onerror position',
  'send: stack inside toString',
  'send: caller of a conversion',
  'addEventListener: caller of an option',
];
