import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Browser } from 'webextension-polyfill';
import { createSwitchboard, type Switchboard } from '../../src/background/switchboard.ts';
import { dial } from '../../src/content/dial.ts';
import type { Recorder } from '../../src/content/recorder.ts';
import { createLink } from '../../src/link/reader.ts';
import type { Link, LinkStatus } from '../../src/link/types.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { createStore, newSocketMeta, type Slot, type SocketMeta } from '../../src/page/store.ts';
import { parseHello } from '../../src/protocol/parse.ts';

/** Everything that is under way, in order. */
class Wires {
  tasks: (() => void)[] = [];
  run(): void {
    for (let task = this.tasks.shift(); task !== undefined; task = this.tasks.shift()) task();
  }
}

type Listener = (message: unknown) => void;

interface End {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: Listener): void };
  onDisconnect: { addListener(listener: () => void): void };
  /** The other end, or the whole context, is gone. */
  cut(): void;
}

/** Two ends of a port: messages are structured-cloned, in order, and lost when it is cut. */
function port(wires: Wires): [End, End] {
  let alive = true;
  const make = () => ({ messages: [] as Listener[], disconnects: [] as (() => void)[] });
  const [a, b] = [make(), make()];
  const end = (mine: ReturnType<typeof make>, other: ReturnType<typeof make>): End => ({
    postMessage(message) {
      if (!alive) throw new Error('Attempting to use a disconnected port object');
      const copy = structuredClone(message);
      wires.tasks.push(() => {
        if (alive) for (const listener of other.messages) listener(copy);
      });
    },
    disconnect() {
      if (!alive) return;
      alive = false;
      wires.tasks.push(() => {
        for (const listener of other.disconnects) listener();
      });
    },
    onMessage: { addListener: (listener) => mine.messages.push(listener) },
    onDisconnect: { addListener: (listener) => mine.disconnects.push(listener) },
    cut() {
      if (!alive) return;
      alive = false;
      wires.tasks.push(() => {
        for (const listener of [...mine.disconnects, ...other.disconnects]) listener();
      });
    },
  });
  return [end(a, b), end(b, a)];
}

const TAB = 7;

/** A tab with documents, a background that can die, and links that read. */
class World {
  readonly wires = new Wires();
  readonly lines: End[] = [];
  readonly watchers: ((message: unknown) => void)[] = [];
  readonly badges = new Map<number, number>();
  timers: (() => void)[] = [];
  switchboard: Switchboard = this.#newBackground();

  #newBackground(): Switchboard {
    return createSwitchboard({
      knock: async (tabId, watch) => {
        if (tabId === TAB) for (const hear of this.watchers) hear(watch);
        return 1;
      },
      access: async () => true,
      badge: (tabId, failed) => void this.badges.set(tabId, failed),
    });
  }

  killBackground(): void {
    for (const line of this.lines.splice(0)) line.cut();
    this.switchboard = this.#newBackground();
  }

  document(doc: string, tabId = TAB): Page {
    return new Page(this, doc, tabId);
  }

  link(got: SessionEvent[], from: Record<string, number> = {}, id = 'link', tabId = TAB): Link {
    const statuses: LinkStatus[] = [];
    return createLink({
      tabId,
      from,
      id,
      listener: {
        events: (batch) => void got.push(...batch),
        status: (s) => void statuses.push(s),
      },
      dial: () => {
        const [near, far] = port(this.wires);
        this.lines.push(far);
        this.wires.tasks.push(() => this.switchboard.link(far));
        return near;
      },
      later: (run) => {
        this.timers.push(run);
        return () => {
          this.timers = this.timers.filter((timer) => timer !== run);
        };
      },
    });
  }

  /** Lets everything happen, timers too, until nothing does any more. */
  async settle(): Promise<void> {
    for (let i = 0; i < 60; i += 1) {
      this.wires.run();
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      if (this.wires.tasks.length === 0) {
        const due = this.timers.splice(0);
        if (due.length === 0) return;
        for (const timer of due) timer();
      }
    }
  }
}

/** A document: the real relay over a real store. */
class Page {
  readonly store = createStore({ events: 40, units: 100_000 }, JSON.stringify);
  readonly meta: SocketMeta;
  armed = false;
  told = 0;
  t = 0;
  readonly recorder: Recorder;

  constructor(world: World, doc: string, tabId: number) {
    this.meta = newSocketMeta(`${doc}-1`);
    this.recorder = {
      heard: () => {},
      ask: (verb, argument) => {
        if (verb === 'doc') return doc;
        if (verb === 'sockets') return '1';
        if (!verb.startsWith('pull')) return '';
        const { json, last, more } = this.store.read(Number(verb.slice(4)) as Slot, argument, 300);
        this.armed = !more;
        return `{"doc":"${doc}","last":${last},"more":${more},"events":[${json}]}`;
      },
    };
    const api = {
      runtime: {
        id: 'extension',
        connect: () => {
          const [near, far] = port(world.wires);
          world.lines.push(far);
          const board = world.switchboard;
          board.relay(far, tabId, { url: `http://${doc}.test/`, top: true });
          return near;
        },
        sendMessage: async (message: unknown) =>
          parseHello(message) === undefined ? undefined : { watch: world.switchboard.hello(tabId) },
        onMessage: {
          addListener: (listener: (m: unknown, s: unknown, r: () => void) => void) => {
            if (tabId === TAB) {
              world.watchers.push((m) => listener(m, { id: 'extension' }, () => {}));
            }
          },
        },
      },
    };
    dial(() => api as unknown as Browser, this.recorder);
  }

  happen(gap: number): void {
    this.t += gap;
    this.told += 1;
    this.store.add(this.t, `"type":"error","socket":"${this.meta.id}"`, this.meta);
    this.#signal();
  }

  send(gap: number): void {
    this.t += gap;
    this.told += 1;
    this.store.message(this.t, this.meta, 'st', 1, 0, '');
    this.#signal();
  }

  #signal(): void {
    if (!this.armed) return;
    this.armed = false;
    this.recorder.heard('news');
  }
}

beforeAll(() => {
  const window = { top: undefined as unknown };
  window.top = window;
  vi.stubGlobal('window', window);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const messages = (events: readonly SessionEvent[]) =>
  events.reduce((sum, e) => sum + ('count' in e && e.count !== undefined ? e.count : 1), 0);

describe('the path', () => {
  it('replays what happened before anyone watched, then follows', async () => {
    const world = new World();
    const page = world.document('a');
    page.happen(1);
    page.happen(1);
    const got: SessionEvent[] = [];
    world.link(got);
    await world.settle();
    expect(got).toHaveLength(2);
    page.happen(1);
    await world.settle();
    expect(got.map((e) => e.t)).toEqual([1, 2, 3]);
  });

  it('hears of a document that comes later', async () => {
    const world = new World();
    const got: SessionEvent[] = [];
    world.link(got);
    await world.settle();
    const page = world.document('late');
    page.happen(1);
    page.recorder.heard('met');
    await world.settle();
    expect(got).toHaveLength(1);
  });

  it('goes on where another link stood', async () => {
    const world = new World();
    const page = world.document('a');
    page.happen(1);
    const first: SessionEvent[] = [];
    const one = world.link(first, {}, 'one');
    await world.settle();
    page.happen(1);
    const second: SessionEvent[] = [];
    world.link(second, one.position, 'two');
    one.close();
    await world.settle();
    page.happen(1);
    await world.settle();
    expect(messages(first) + messages(second)).toBe(3);
  });

  it("never tells one tab's events to another's panel", async () => {
    const world = new World();
    const here = world.document('here');
    const there = world.document('there', 8);
    here.happen(1);
    there.happen(1);
    const got: SessionEvent[] = [];
    world.link(got, {}, 'other', 8);
    await world.settle();
    there.recorder.heard('met');
    await world.settle();
    expect(got.map((e) => 'socket' in e && e.socket)).toEqual(['there-1']);
  });

  it('does not pull while paused, and loses nothing by it', async () => {
    const world = new World();
    const page = world.document('a');
    const got: SessionEvent[] = [];
    const link = world.link(got);
    await world.settle();
    link.setOptions({ previews: false, paused: true });
    page.happen(1);
    page.happen(1);
    await world.settle();
    // The question that was out when the pause began is still answered.
    expect(got.length).toBeLessThanOrEqual(2);
    link.setOptions({ previews: false, paused: false });
    await world.settle();
    expect(got).toHaveLength(2);
  });

  it('tells the badge again after the background died, and takes it off at the end', async () => {
    const world = new World();
    const link = world.link([]);
    link.setFailed(2);
    await world.settle();
    expect(world.badges).toEqual(new Map([[TAB, 2]]));
    world.killBackground();
    world.badges.clear();
    await world.settle();
    expect(world.badges).toEqual(new Map([[TAB, 2]]));
    link.close();
    await world.settle();
    expect(world.badges).toEqual(new Map([[TAB, 0]]));
  });

  it('tells every event exactly once, whenever the background dies', async () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('send' as const),
          doc: fc.nat(1),
          gap: fc.nat(700),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('happen' as const),
          doc: fc.nat(1),
          gap: fc.nat(300),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), some: fc.nat(9) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('timers' as const) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
        const world = new World();
        const pages = [world.document('a'), world.document('b')];
        const got: SessionEvent[] = [];
        world.link(got);
        for (const one of steps) {
          if (one.do === 'send') pages[one.doc]!.send(one.gap);
          else if (one.do === 'happen') pages[one.doc]!.happen(one.gap);
          else if (one.do === 'die') world.killBackground();
          else if (one.do === 'timers') for (const timer of world.timers.splice(0)) timer();
          else for (let i = 0; i < one.some; i += 1) world.wires.tasks.shift()?.();
          await Promise.resolve();
        }
        await world.settle();
        expect(messages(got)).toBe(pages[0]!.told + pages[1]!.told);
        for (const doc of ['a', 'b']) {
          const times = got.filter((e) => 'socket' in e && e.socket === `${doc}-1`).map((e) => e.t);
          expect(times).toEqual([...times].sort((x, y) => x - y));
        }
      }),
      { numRuns: 150 },
    );
  });
});
