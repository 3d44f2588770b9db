import { describe, expect, it } from 'vitest';
import { SessionStore } from '../../src/panel/session-store.ts';
import { createDiagnosis } from '../../src/rules/create-diagnosis.ts';
import { life, onWallClock } from './support/events.ts';
import { FakeClock } from './support/fake-clock.ts';

function liveStore() {
  const clock = new FakeClock();
  const store = new SessionStore({ clock, createDiagnosis, live: true });
  return { clock, store, start: clock.now() };
}

const ids = (store: SessionStore) => [...store.view.value.sockets.keys()];

describe('SessionStore', () => {
  it('turns wall-clock time into session time', () => {
    const { clock, store, start } = liveStore();
    clock.advance(1_000);
    store.receive(onWallClock(life({ at: 1_000 }), start));
    clock.advance(1_000);
    expect(store.view.value.sockets.get('s1')).toMatchObject({ openingAt: 1_000, openAt: 1_050 });
  });

  it('starts with the oldest event where a page kept some from before', () => {
    const { clock, store, start } = liveStore();
    store.receive(onWallClock(life({ at: -60_000, closeAt: -30_000, code: 1008 }), start));
    clock.advance(1_000);
    expect(store.view.value.startedAt).toBe(start - 60_000);
    expect(store.view.value.sockets.get('s1')).toMatchObject({ openingAt: 0, code: 1008 });
  });

  it('puts batches of two documents in order', () => {
    const { clock, store, start } = liveStore();
    store.receive(onWallClock(life({ id: 'b', at: 20, document: 'd2' }), start));
    store.receive(onWallClock(life({ id: 'a', at: 10, document: 'd1' }), start));
    clock.advance(200);
    expect(ids(store)).toEqual(['a', 'b']);
  });

  it('keeps the log over a navigation by default', () => {
    const { clock, store, start } = liveStore();
    store.receive(onWallClock(life({ closeAt: 100 }), start));
    clock.advance(60_000);
    store.navigated();
    clock.advance(100);
    expect(ids(store)).toEqual(['s1']);
  });

  it('without "keep log" forgets the sockets of earlier pages, the open ones too', () => {
    const { clock, store, start } = liveStore();
    store.keepLog.value = false;
    store.receive(
      onWallClock([...life({ id: 'dead', closeAt: 100 }), ...life({ id: 'left', at: 10 })], start),
    );
    clock.advance(60_000);
    store.receive(onWallClock(life({ id: 'new', at: 60_000, document: 'd2' }), start));
    store.navigated();
    clock.advance(100);
    expect(ids(store)).toEqual(['new']);
    store.receive(onWallClock(life({ id: 'newer', at: 60_200, document: 'd2' }), start));
    clock.advance(100);
    expect(ids(store)).toEqual(['new', 'newer']);
  });

  it('keeps what the new page opened long before the navigation was reported', () => {
    const { clock, store, start } = liveStore();
    store.keepLog.value = false;
    store.receive(
      onWallClock(
        [
          ...life({ id: 'old', document: 'd1' }),
          { t: 30_000, type: 'page', state: 'pagehide', document: 'd1' },
          ...life({ id: 'new', at: 30_400, document: 'd2' }),
          ...life({ id: 'in a frame', at: 30_800, document: 'd3', top: false }),
          { t: 31_500, type: 'page', state: 'pagehide', document: 'd3' },
        ],
        start,
      ),
    );
    clock.advance(40_000);
    store.navigated();
    clock.advance(100);
    expect(ids(store)).toEqual(['new']);
  });

  it('keeps the socket whose end may have made the page reload itself, until the next navigation', () => {
    const { clock, store, start } = liveStore();
    store.keepLog.value = false;
    store.receive(onWallClock(life({ id: 'why', closeAt: 60_000, code: 1001 }), start));
    clock.advance(61_000);
    store.navigated();
    clock.advance(100);
    expect(ids(store)).toEqual(['why']);
    clock.advance(60_000);
    store.navigated();
    clock.advance(100);
    expect(ids(store)).toEqual([]);
  });

  it('opens a file beside the live session and leaves that one as it is', async () => {
    const { clock, store, start } = liveStore();
    store.receive(onWallClock(life(), start));
    clock.advance(100);
    const opened = store.openFile({
      name: 'log.json',
      startedAt: 0,
      events: life({ id: 'f', closeAt: 90 }),
    });
    clock.advance(100);
    const session = await opened;
    expect(store.current.value).toBe(session);
    expect(ids(store)).toEqual(['f']);
    store.receive(onWallClock(life({ id: 's2', at: 300 }), start));
    clock.advance(100);
    expect(ids(store)).toEqual(['f']);
    store.clear();
    expect(ids(store)).toEqual(['s1', 's2']);
  });

  it("goes on telling the tab's findings while a file is shown, until its page goes", async () => {
    const { clock, store, start } = liveStore();
    const failed = () =>
      store.liveView?.value.findings.filter((one) => one.verdict === 'failed').length;
    store.keepLog.value = false;
    store.receive(onWallClock(life({ closeAt: 100, code: 1008, reason: 'token expired' }), start));
    clock.advance(1_000);
    const opened = store.openFile({ name: 'log.json', startedAt: 0, events: life() });
    clock.advance(1_000);
    await opened;
    expect(store.view.value.live).toBe(false);
    expect(failed()).toBe(1);
    clock.advance(60_000);
    store.navigated();
    clock.advance(100);
    expect(failed()).toBe(0);
  });

  it('takes the empty page of the viewer for the first file', async () => {
    const clock = new FakeClock();
    const store = new SessionStore({ clock, createDiagnosis, live: false });
    const opened = store.openFile({ name: 'log.json', startedAt: 0, events: life() });
    clock.advance(100);
    await opened;
    expect(store.sessions.value.map((one) => one.name)).toEqual(['log.json']);
  });
});
