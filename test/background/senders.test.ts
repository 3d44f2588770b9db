import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LINK_PORT, PROTOCOL, RELAY_PORT } from '../../src/protocol/border.ts';

/** A tab that was closed meanwhile. */
const GONE = 99;

type Hear<A extends unknown[]> = (...args: A) => unknown;

const fake = vi.hoisted(() => {
  const heard = {
    connect: undefined as undefined | ((port: unknown) => void),
    message: undefined as undefined | ((message: unknown, sender: unknown) => unknown),
  };
  return {
    heard,
    opened: 0,
    badges: {} as Record<number, string>,
    created: [] as string[],
    click: undefined as undefined | (() => void),
    kept: {} as Record<string, unknown>,
    browser: {
      runtime: {
        id: 'ours',
        getURL: (path: string) => `chrome-extension://ours/${path}`,
        onConnect: { addListener: (hear: (port: unknown) => void) => (heard.connect = hear) },
        onMessage: {
          addListener: (hear: (message: unknown, sender: unknown) => unknown) =>
            (heard.message = hear),
        },
        openOptionsPage: async () => {
          fake.opened += 1;
        },
      },
      tabs: {
        sendMessage: async () => ({ type: 'present', v: 1 }),
        create: async ({ url }: { url: string }) => void fake.created.push(url),
      },
      action: {
        onClicked: { addListener: (hear: () => void) => (fake.click = hear) },
        setBadgeBackgroundColor: async () => {},
        setBadgeText: async ({ tabId, text }: { tabId: number; text: string }) => {
          if (tabId === GONE) throw new Error('No tab with id');
          fake.badges[tabId] = text;
        },
      },
      permissions: { contains: async () => true },
      storage: { local: { get: async () => fake.kept } },
    },
  };
});
vi.mock('webextension-polyfill', () => ({ default: fake.browser }));

beforeEach(async () => {
  fake.opened = 0;
  fake.badges = {};
  fake.created = [];
  fake.kept = {};
  vi.resetModules();
  await import('../../src/background/background.ts');
});

/** A port as the background gets it; what it was told, and whether it was shut. */
function connect(name: string, sender: unknown) {
  const told: Record<string, unknown>[] = [];
  let hear: Hear<[unknown]> = () => {};
  let gone: Hear<[]> = () => {};
  let shut = false;
  fake.heard.connect?.({
    name,
    sender,
    postMessage: (message: Record<string, unknown>) => told.push(message),
    disconnect: () => {
      shut = true;
    },
    onMessage: { addListener: (listener: Hear<[unknown]>) => (hear = listener) },
    onDisconnect: { addListener: (listener: Hear<[]>) => (gone = listener) },
  });
  return {
    told,
    isShut: () => shut,
    hangUp: () => gone(),
    say: async (message: unknown) => {
      await hear(message);
    },
  };
}

const panel = { id: 'ours', url: 'chrome-extension://ours/src/panel/panel.html' };
const page = (tab: number) => ({
  id: 'ours',
  url: 'https://a.test/',
  tab: { id: tab },
  frameId: 0,
});
const attach = (link: string, tabId: number) => ({
  type: 'attach',
  v: PROTOCOL,
  link,
  tabId,
  options: { previews: false },
});

describe('who may open a line', () => {
  it.each([
    ['a link from a content script', LINK_PORT, page(1)],
    ['a link from another extension', LINK_PORT, { ...panel, id: 'theirs' }],
    [
      'a link of a page whose URL only begins alike',
      LINK_PORT,
      { id: 'ours', url: 'chrome-extension://ours.evil/' },
    ],
    ['a link without a sender', LINK_PORT, undefined],
    ['a relay without a tab', RELAY_PORT, panel],
    ['a relay from another extension', RELAY_PORT, { ...page(1), id: 'theirs' }],
    ['a relay without a sender', RELAY_PORT, undefined],
    ['a name that nobody has', 'websocket-other', panel],
  ])('not %s', async (_, name, sender) => {
    const line = connect(name, sender);
    expect(line.isShut()).toBe(true);
    await line.say(attach('x', 1));
    expect(line.told).toEqual([]);
  });

  it('a page of the extension, and a content script in a tab', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('x', 1));
    const relay = connect(RELAY_PORT, page(1));
    await relay.say({ type: 'document', v: PROTOCOL, doc: 'd1' });
    expect([link.isShut(), relay.isShut()]).toEqual([false, false]);
    expect(link.told).toEqual([
      { type: 'attached', v: PROTOCOL, present: PROTOCOL, access: true },
      { type: 'document', doc: 'd1', url: 'https://a.test/', top: true },
    ]);
  });
});

describe('two tabs', () => {
  it('never hear of each other, whatever a relay or a link says', async () => {
    const one = connect(LINK_PORT, panel);
    const two = connect(LINK_PORT, panel);
    await one.say(attach('link-1', 1));
    await two.say(attach('link-2', 2));
    const relay = connect(RELAY_PORT, page(1));
    await relay.say({ type: 'document', v: PROTOCOL, doc: 'd1' });
    await two.say({ type: 'pull', doc: 'd1', after: 0 });
    expect(relay.told).toEqual([]);
    await one.say({ type: 'pull', doc: 'd1', after: 7 });
    expect(relay.told).toEqual([{ type: 'pull', to: 'link-1', after: 7 }]);
    await relay.say({ type: 'news' });
    await relay.say({ type: 'batch', to: 'link-2', json: '{"for":"the other"}' });
    await relay.say({ type: 'batch', to: 'link-1', json: '{"for":"ours"}' });
    expect(two.told.map((m) => m.type)).toEqual(['attached']);
    expect(one.told.slice(-2)).toEqual([
      { type: 'news', doc: 'd1' },
      { type: 'batch', doc: 'd1', json: '{"for":"ours"}' },
    ]);
  });

  it('a relay that tells nothing of a document tells nothing at all', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('link-1', 1));
    const relay = connect(RELAY_PORT, page(1));
    await relay.say({ type: 'batch', to: 'link-1', json: '{}' });
    await relay.say({ type: 'news' });
    expect(link.told.map((m) => m.type)).toEqual(['attached']);
  });

  it('a link stays with the tab that it named first', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('link-1', 1));
    await link.say(attach('link-1', 2));
    const relay = connect(RELAY_PORT, page(2));
    await relay.say({ type: 'document', v: PROTOCOL, doc: 'd2' });
    await relay.say({ type: 'news' });
    expect(link.told.map((m) => m.type)).toEqual(['attached']);
  });

  it('previews asked for in one tab are not asked of the other', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('link-1', 1));
    const mine = connect(RELAY_PORT, page(1));
    const other = connect(RELAY_PORT, page(2));
    await mine.say({ type: 'document', v: PROTOCOL, doc: 'd1' });
    await other.say({ type: 'document', v: PROTOCOL, doc: 'd2' });
    await link.say({ type: 'options', options: { previews: true } });
    expect(mine.told).toEqual([{ type: 'options', options: { previews: true } }]);
    expect(other.told).toEqual([]);
  });
});

describe('the button', () => {
  const failed = (count: unknown) => ({ type: 'failed', count });

  it('counts the failed findings of a tab while its panel is open', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(failed(1));
    expect(fake.badges).toEqual({});
    await link.say(attach('link-1', 1));
    await link.say(failed(3));
    expect(fake.badges).toEqual({ 1: '3' });
    await link.say(failed(1_204));
    expect(fake.badges).toEqual({ 1: '999+' });
    await link.say(failed(0));
    expect(fake.badges).toEqual({ 1: '' });
    await link.say(failed(2));
    link.hangUp();
    expect(fake.badges).toEqual({ 1: '' });
  });

  it('is left alone by the devtools page, which counts nothing', async () => {
    const devtools = connect(LINK_PORT, panel);
    await devtools.say(attach('link-1', 1));
    const shown = connect(LINK_PORT, panel);
    await shown.say(attach('link-2', 1));
    await shown.say(failed(3));
    devtools.hangUp();
    expect(fake.badges).toEqual({ 1: '3' });
  });

  it.each([-1, 1.5, '3', null, Number.NaN])('counts no nonsense: %j', async (count) => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('link-1', 1));
    await link.say(failed(count));
    expect(fake.badges).toEqual({});
  });

  it('is told nothing by pages', async () => {
    const relay = connect(RELAY_PORT, page(1));
    await relay.say({ type: 'document', v: PROTOCOL, doc: 'd1' });
    await relay.say(failed(3));
    expect(fake.heard.message?.(failed(3), page(1))).toBeUndefined();
    expect(fake.badges).toEqual({});
  });

  it('does not mind a tab that is gone', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('link-1', GONE));
    await link.say(failed(3));
    expect(fake.badges).toEqual({});
  });

  it('opens the viewer', () => {
    fake.click?.();
    expect(fake.created).toEqual(['chrome-extension://ours/src/panel/viewer.html']);
  });
});

describe('messages without a line', () => {
  const hello = { type: 'hello', v: PROTOCOL };

  it('a document is answered only for its own tab', async () => {
    const link = connect(LINK_PORT, panel);
    await link.say(attach('link-1', 1));
    expect(await fake.heard.message?.(hello, page(1))).toMatchObject({ watch: { type: 'watch' } });
    expect(await fake.heard.message?.(hello, page(2))).toEqual({ watch: null });
    expect(fake.heard.message?.(hello, { ...page(1), id: 'theirs' })).toBeUndefined();
    expect(fake.heard.message?.(hello, panel)).toBeUndefined();
  });

  it('a document is told how much to keep, as the user chose', async () => {
    fake.kept = { limits: { events: 500, units: 200_000 } };
    expect(await fake.heard.message?.(hello, page(2))).toEqual({
      watch: null,
      limits: { events: 500, units: 200_000 },
    });
    fake.kept = { limits: 'all' };
    expect(await fake.heard.message?.(hello, page(2))).toEqual({ watch: null });
  });

  it('only a page of the extension opens the options', async () => {
    const open = { type: 'open-options' };
    expect(fake.heard.message?.(open, page(1))).toBeUndefined();
    expect(fake.heard.message?.(open, { ...panel, id: 'theirs' })).toBeUndefined();
    expect(fake.opened).toBe(0);
    await fake.heard.message?.(open, panel);
    expect(fake.opened).toBe(1);
  });

  it.each([null, 5, 'hello', [], {}, { type: 'hello' }, { type: 'hello', v: -1 }])(
    'nonsense is not answered: %j',
    (message) => {
      expect(fake.heard.message?.(message, page(1))).toBeUndefined();
    },
  );
});
