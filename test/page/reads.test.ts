import { describe, expect, it } from 'vitest';
import '../support/page-globals.ts';

const { createReads } = await import('../../src/page/reads.ts');
const { newSocketMeta } = await import('../../src/page/store.ts');

/** A page with one socket, whose messages are counted as the recorder counts them. */
function page(busy = false) {
  const socket = newSocketMeta('1');
  const story = { busy, holds: 0, counted: 0 };
  const reads = createReads(
    () => story.busy,
    () => {
      story.holds += 1;
    },
  );
  return {
    story,
    reads,
    /** The page's `event.data`. */
    read(event: Event, of = socket): void {
      if (reads.isFirst(event, of)) story.counted += 1;
    },
    /** A message comes: what the page does with it while it is dispatched. */
    come(handler: (event: Event) => void): Event {
      const target = new EventTarget();
      target.addEventListener('message', handler);
      const event = new Event('message');
      // Each is made in a millisecond of its own.
      for (const from = performance.now(); performance.now() - from < 1; );
      target.dispatchEvent(event);
      return event;
    },
  };
}

describe.each([false, true])('while many come: %s', (busy) => {
  it('counts a message that is read again and again once', () => {
    const { come, read, story } = page(busy);
    const events = Array.from({ length: 5 }, () =>
      come((event) => {
        read(event);
        read(event);
      }),
    );
    for (const event of events) read(event);
    expect(story.counted).toBe(5);
  });

  it('counts messages that are read only later, once each', () => {
    const { come, read, story } = page(busy);
    const events = Array.from({ length: 5 }, () => come(() => {}));
    for (const event of [...events, ...events]) read(event);
    expect(story.counted).toBe(5);
  });

  it('counts those of a queue that fills behind one that is read as it comes', () => {
    const { come, read, story } = page(busy);
    come(read);
    const queue = [come(() => {}), come(() => {}), come(() => {})];
    for (const event of queue) read(event);
    come(read);
    for (const event of queue) read(event);
    expect(story.counted).toBe(5);
  });

  it('tells sockets apart', () => {
    const { come, read, story } = page(busy);
    const other = newSocketMeta('2');
    come(read);
    const late = come(() => {});
    come(read);
    read(late, other);
    read(late, other);
    expect(story.counted).toBe(3);
  });
});

it('counts once what is read when few come, and again when many do', () => {
  const { come, read, story } = page();
  const calm = come((event) => {
    read(event);
    story.busy = true;
    read(event);
  });
  come(read);
  story.busy = false;
  come(read);
  read(calm);
  expect(story.counted).toBe(3);
});

it('asks for a rest once, and remembers no event after it', () => {
  const { come, read, reads, story } = page(true);
  const first = come(read);
  const second = come(read);
  expect(story.holds).toBe(1);
  reads.rest();
  read(first);
  read(second);
  expect(story.counted).toBe(2);
  come(read);
  expect(story).toMatchObject({ counted: 3, holds: 2 });
});

it('misses what is read for the first time after later ones were read as they came', () => {
  const { come, read, story } = page(true);
  come(read);
  const late = come(() => {});
  come(read);
  read(late);
  expect(story.counted).toBe(2);
});
