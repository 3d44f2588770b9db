import browser from 'webextension-polyfill';
import { boot } from './boot.tsx';
import { devtoolsPlatform } from './devtools-platform.ts';
import type { RecordingOptions } from './platform.ts';
import { watchTab } from './watch-tab.ts';

let tell: ((options: RecordingOptions) => void) | undefined;
let wanted: RecordingOptions | undefined;

const manifest = browser.runtime.getManifest();
const { store } = await boot({
  live: true,
  platform: devtoolsPlatform((options) => {
    wanted = options;
    tell?.(options);
  }),
  generator: {
    name: 'WebSocket Close Inspector',
    version: manifest.version,
    browser: browserName(navigator.userAgent),
  },
});
tell = watchTab(browser.devtools.inspectedWindow.tabId, store);
if (wanted !== undefined) tell(wanted);

/** "Firefox 153" or "Chrome 156": enough to tell how the log came about, not who made it. */
function browserName(agent: string): string | undefined {
  const found = /(Firefox|Edg|Chrome)\/(\d+)/.exec(agent.replace(/Chrome\/\S+ (?=.*Edg\/)/, ''));
  return found === null ? undefined : `${found[1] === 'Edg' ? 'Edge' : found[1]} ${found[2]}`;
}
