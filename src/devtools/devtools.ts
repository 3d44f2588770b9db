import browser from 'webextension-polyfill';
import { connectLink } from '../link/connect.ts';
import { handoverChannel, Keep, type ToDevtools, type ToPanel } from '../link/handover.ts';
import { watchHandshakes } from '../link/handshakes.ts';
import type { Link, LinkStatus } from '../link/types.ts';

const { tabId } = browser.devtools.inspectedWindow;
const channel = handoverChannel(tabId);
const keep = new Keep();
const handshakes = new Keep(2_000);
let status: LinkStatus | undefined;
let shown = false;

// From here on nothing is missed, though the panel's page is loaded only when it is first shown.
let link: Link | undefined = connectLink({
  tabId,
  listener: {
    events: (batch) => keep.add(batch),
    status: (next) => {
      status = next;
    },
  },
});

function tell(message: ToPanel): void {
  channel.postMessage(message);
}

// Firefox gives a panel's page no `devtools.network`: this page tells of it for good.
watchHandshakes(({ startedT: _s, lasted: _l, ...handshake }) => {
  if (shown) tell({ type: 'events', events: [handshake] });
  else handshakes.add([handshake]);
});

browser.devtools.network.onNavigated.addListener(() => tell({ type: 'navigated' }));

channel.addEventListener('message', ({ data }: MessageEvent<ToDevtools>) => {
  if (data?.type !== 'take-over') return;
  // A second panel page (it was loaded anew) starts from what the tab itself has kept.
  const position = link?.position ?? {};
  link?.close();
  link = undefined;
  shown = true;
  const events = [...keep.take(), ...handshakes.take()].sort((a, b) => a.t - b.t);
  tell({ type: 'kept', events, position, status });
});

// The leading slash: Firefox resolves these relative to this page.
await browser.devtools.panels.create('WebSocket Close', '/icons/32.png', '/src/panel/panel.html');
