import browser, { type Runtime } from 'webextension-polyfill';
import { type Greeting, LIMITS_KEY, LINK_PORT, RELAY_PORT } from '../protocol/border.ts';
import { parseHello, parseLimits, parseOpenOptions, parsePresent } from '../protocol/parse.ts';
import { watchButton } from './button.ts';
import { createSwitchboard } from './switchboard.ts';

const ownPages = browser.runtime.getURL('');

/** A page of the extension itself, not a content script of it. */
function isOwnPage(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.id === browser.runtime.id && sender?.url?.startsWith(ownPages) === true;
}

const badge = watchButton();

const switchboard = createSwitchboard({
  badge,
  async knock(tabId, watch) {
    try {
      return parsePresent(await browser.tabs.sendMessage(tabId, watch))?.v ?? 0;
    } catch {
      return 0;
    }
  },
  access: () => browser.permissions.contains({ origins: ['<all_urls>'] }).catch(() => true),
});

/** Asked for anew each time: the background may have slept, and keeps nothing. */
async function greet(tabId: number): Promise<Greeting> {
  const kept = await browser.storage.local.get(LIMITS_KEY).catch(() => ({}));
  const limits = parseLimits((kept as Record<string, unknown>)[LIMITS_KEY]);
  return { watch: switchboard.hello(tabId), ...(limits !== undefined && { limits }) };
}

browser.runtime.onConnect.addListener((port) => {
  const { sender } = port;
  if (port.name === LINK_PORT && isOwnPage(sender)) switchboard.link(port);
  else if (
    port.name === RELAY_PORT &&
    sender?.id === browser.runtime.id &&
    sender?.tab?.id !== undefined
  ) {
    switchboard.relay(port, sender.tab.id, {
      ...(sender.url !== undefined && { url: sender.url }),
      ...(sender.frameId !== undefined && { top: sender.frameId === 0 }),
    });
  } else port.disconnect();
});

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  if (sender.id !== browser.runtime.id) return undefined;
  if (parseHello(message) !== undefined && sender.tab?.id !== undefined) {
    return greet(sender.tab.id);
  }
  if (parseOpenOptions(message) !== undefined && isOwnPage(sender)) {
    return browser.runtime.openOptionsPage();
  }
  return undefined;
});
