import type { BrowserName } from '../support/browsers/index.ts';

type Known = Readonly<Record<BrowserName, readonly string[]>>;

/** Probes that differ from native, and must: docs/transparency.md says why. */
export const KNOWN: Known = {
  chrome: ['stream: rejections of promises that the page dropped'],
  firefox: [],
};

const BUSY = [
  'send: uncaught error, onerror position',
  'send: caller of a conversion',
  'addEventListener: caller of an option',
  'methods: stacks captured in conversions',
  'methods: uncaught errors, positions',
];

/** The same in a page that sends, and adds listeners, far more often than most do. */
export const KNOWN_OF_BUSY_PAGES: Known = {
  chrome: [...KNOWN.chrome, ...BUSY, 'send: stack inside toString'],
  firefox: [...KNOWN.firefox, ...BUSY],
};
