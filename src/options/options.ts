import browser from 'webextension-polyfill';

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

// A request needs the user's click, and nothing may be awaited before it.
grant.addEventListener('click', () => {
  void browser.permissions.request(ALL_SITES).then(showAccess);
});
browser.permissions.onAdded.addListener(() => void showAccess());
browser.permissions.onRemoved.addListener(() => void showAccess());
await showAccess();
