import browser from 'webextension-polyfill';
import {
  DEFAULT_LIMITS,
  LEAST_LIMITS,
  LIMITS_KEY,
  MOST_LIMITS,
  type RecorderLimits,
} from '../protocol/border.ts';
import { parseLimits } from '../protocol/parse.ts';

const ALL_SITES = { origins: ['<all_urls>'] };

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`options.html has no #${id}`);
  return found as T;
}

function say(id: string, key: string): void {
  element(id).textContent = browser.i18n.getMessage(key);
}

const grant = element<HTMLButtonElement>('grant');

async function showAccess(): Promise<void> {
  const granted = await browser.permissions.contains(ALL_SITES);
  say('access', granted ? 'options_access_granted' : 'options_access_missing');
  grant.hidden = granted;
}

document.documentElement.lang = browser.i18n.getUILanguage();
say('title', 'appName');
say('intro', 'options_intro');
say('access-title', 'options_access_title');
say('grant', 'options_access_grant');
say('viewer-title', 'options_viewer_title');
say('viewer-text', 'options_viewer_text');
say('viewer', 'options_viewer_open');

say('history-title', 'options_history_title');
say('history-text', 'options_history_text');
say('events-label', 'options_history_events');
say('units-label', 'options_history_units');
say('save', 'options_history_save');
say('reset', 'options_history_defaults');

const history = element<HTMLFormElement>('history');
const FIELDS = ['events', 'units'] as const;

function showLimits(limits: RecorderLimits): void {
  for (const field of FIELDS) {
    const input = element<HTMLInputElement>(field);
    input.min = `${LEAST_LIMITS[field]}`;
    input.max = `${MOST_LIMITS[field]}`;
    input.value = `${limits[field]}`;
  }
}

history.addEventListener('submit', (event) => {
  event.preventDefault();
  const [events, units] = FIELDS.map((field) => element<HTMLInputElement>(field).valueAsNumber);
  // The form itself tells what is out of bounds, and does not submit it.
  const limits = parseLimits({ events, units });
  if (limits === undefined) return;
  void browser.storage.local
    .set({ [LIMITS_KEY]: limits })
    .then(() => say('history-said', 'options_history_saved'));
});
history.addEventListener('reset', (event) => {
  event.preventDefault();
  showLimits(DEFAULT_LIMITS);
  void browser.storage.local
    .remove(LIMITS_KEY)
    .then(() => say('history-said', 'options_history_saved'));
});
// A request needs the user's click, and nothing may be awaited before it.
grant.addEventListener('click', () => {
  void browser.permissions.request(ALL_SITES).then(showAccess);
});
browser.permissions.onAdded.addListener(() => void showAccess());
browser.permissions.onRemoved.addListener(() => void showAccess());
await showAccess();
showLimits(
  parseLimits((await browser.storage.local.get(LIMITS_KEY))[LIMITS_KEY]) ?? DEFAULT_LIMITS,
);
