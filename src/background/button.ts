import browser from 'webextension-polyfill';

const RED = '#b3261e';
/** A badge has room for four characters. */
const MOST = 999;

/**
 * The extension's button: its badge counts the failed findings of a tab whose panel is open, a click opens
 * the panel as an ordinary page. The browser keeps a tab's badge until the tab goes elsewhere, also while
 * the background sleeps.
 */
export function watchButton(): (tabId: number, failed: number) => void {
  browser.action.onClicked.addListener(() => {
    void browser.tabs.create({ url: browser.runtime.getURL('src/panel/viewer.html') });
  });
  void browser.action.setBadgeBackgroundColor({ color: RED });
  return (tabId, failed) => {
    const text = failed === 0 ? '' : failed > MOST ? `${MOST}+` : String(failed);
    // The tab may be closed by now, and its badge with it.
    browser.action.setBadgeText({ tabId, text }).catch(() => {});
  };
}
