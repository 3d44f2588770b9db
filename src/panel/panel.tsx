import { computed, effect } from '@preact/signals';
import browser from 'webextension-polyfill';
import { boot } from './boot.tsx';
import { devtoolsPlatform } from './devtools-platform.ts';
import type { RecordingOptions } from './platform.ts';
import { countSerious } from './rules/serious.ts';
import { watchTab } from './watch-tab.ts';

let tell: ((options: RecordingOptions) => void) | undefined;
let wanted: RecordingOptions | undefined;

const manifest = browser.runtime.getManifest();
const { store, settings } = await boot({
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
const watch = watchTab(browser.devtools.inspectedWindow.tabId, store);
tell = (options) => watch.setOptions(options);
if (wanted !== undefined) tell(wanted);
// Computed first: told when the number changes, not with every change of the view.
const failed = computed(() => countSerious(store.liveView?.value.findings ?? [], settings.metas));
effect(() => watch.setFailed(failed.value));

/** "Firefox 153" or "Chrome 156": enough to tell how the log came about, not who made it. */
function browserName(agent: string): string | undefined {
  const found = /(Firefox|Edg|Chrome)\/(\d+)/.exec(agent.replace(/Chrome\/\S+ (?=.*Edg\/)/, ''));
  return found === null ? undefined : `${found[1] === 'Edg' ? 'Edge' : found[1]} ${found[2]}`;
}
