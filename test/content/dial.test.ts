import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Browser } from 'webextension-polyfill';
import { dial } from '../../src/content/dial.ts';
import type { Recorder } from '../../src/content/recorder.ts';
import { PROTOCOL } from '../../src/protocol/border.ts';

type Hear = (message: unknown) => void;

/** A content script's world: its browser, its recorder, and what went over each border. */
function world(top = true, sockets = 1) {
  vi.stubGlobal('window', top ? globalThis : { top: {} });
  if (top) vi.stubGlobal('top', globalThis);
  const asked: string[] = [];
  const posted: unknown[] = [];
  const sent: unknown[] = [];
  let ports = 0;
  let hearPort: Hear = () => {};
  let hearEnd: () => void = () => {};
  let hear: (message: unknown, sender: unknown, respond: Hear) => void = () => {};
  let watched: unknown = null;
  const recorder: Recorder = {
    ask(verb, argument) {
      asked.push(`${verb} ${argument}`);
      if (verb === 'doc') return 'd1';
      if (verb === 'sockets') return `${sockets}`;
      if (!verb.startsWith('pull')) return '';
      return `{"doc":"d1","last":${argument + 3},"more":false,"events":[]}`;
    },
    heard: () => {},
  };
  const api = {
    runtime: {
      id: 'ours',
      connect() {
        ports += 1;
        return {
          postMessage: (message: unknown) => posted.push(message),
          onMessage: { addListener: (listener: Hear) => (hearPort = listener) },
          onDisconnect: { addListener: (listener: () => void) => (hearEnd = listener) },
        };
      },
      async sendMessage(message: unknown) {
        sent.push(message);
        return watched;
      },
      onMessage: { addListener: (listener: typeof hear) => (hear = listener) },
    },
  } as unknown as Browser;
  dial(() => api, recorder);
  return {
    recorder,
    asked,
    posted,
    sent,
    ports: () => ports,
    port: (message: unknown) => hearPort(message),
    cut: () => hearEnd(),
    answerHello: (answer: unknown) => {
      watched = answer;
    },
    message: (message: unknown, id = 'ours') => {
      const answers: unknown[] = [];
      hear(message, { id }, (answer) => answers.push(answer));
      return answers;
    },
  };
}

const watch = { type: 'watch', v: PROTOCOL, options: { previews: false } };
const settled = () => new Promise<void>((done) => setImmediate(done));

beforeEach(() => vi.unstubAllGlobals());

describe('a relay', () => {
  it('dials nobody and asks nothing until somebody watches', async () => {
    const w = world();
    w.recorder.heard('news');
    w.recorder.heard('pagehide');
    await settled();
    expect([w.ports(), w.sent, w.posted, w.asked]).toEqual([0, [], [], []]);
    w.recorder.heard('met');
    await settled();
    expect(w.sent).toEqual([{ type: 'hello', v: PROTOCOL }]);
    expect(w.ports()).toBe(0);
  });

  it('dials when it hears that its tab is watched', async () => {
    const w = world();
    w.answerHello({ watch });
    w.recorder.heard('met');
    await settled();
    expect(w.posted).toEqual([{ type: 'document', v: PROTOCOL, doc: 'd1' }]);
  });

  it('tells its recorder how much to keep, watched or not', async () => {
    const w = world();
    w.answerHello({ watch: null, limits: { events: 500, units: 200_000 } });
    w.recorder.heard('met');
    await settled();
    expect(w.asked).toEqual(['events 500', 'units 200000']);
    expect(w.ports()).toBe(0);
  });

  it.each([
    { events: 99, units: 200_000 },
    { events: 500, units: 1e9 },
    { events: '500', units: 200_000 },
    { events: 500 },
  ])('does not believe limits out of bounds: %j', async (limits) => {
    const w = world();
    w.answerHello({ watch: null, limits });
    w.recorder.heard('met');
    await settled();
    expect(w.asked).toEqual([]);
  });

  it('hears only its own extension', () => {
    const w = world();
    expect(w.message(watch, 'theirs')).toEqual([]);
    expect(w.ports()).toBe(0);
    expect(w.message(watch)).toEqual([{ type: 'present', v: PROTOCOL }]);
    expect(w.ports()).toBe(1);
  });

  it.each([null, 'watch', { type: 'watch' }, { type: 'other', v: 1 }])(
    'does not answer nonsense: %j',
    (message) => {
      const w = world();
      expect(w.message(message)).toEqual([]);
      expect(w.ports()).toBe(0);
    },
  );

  it('of another version says that it is there, and no more', () => {
    const w = world();
    expect(w.message({ ...watch, v: PROTOCOL + 1 })).toEqual([{ type: 'present', v: PROTOCOL }]);
    expect(w.ports()).toBe(0);
  });

  it('of a frame without sockets stays silent', () => {
    const w = world(false, 0);
    expect(w.message(watch)).toEqual([]);
    expect(w.ports()).toBe(0);
  });

  it('answers each reader from that reader’s own place', () => {
    const w = world();
    w.message(watch);
    w.port({ type: 'pull', to: 'a', after: 0 });
    w.port({ type: 'pull', to: 'b', after: 40 });
    w.port({ type: 'pull', to: 'a', after: 3 });
    expect(w.asked.filter((ask) => ask.startsWith('pull'))).toEqual([
      'pull0 0',
      'pull1 40',
      'pull0 3',
    ]);
    expect(w.posted.slice(1)).toMatchObject([
      { type: 'batch', to: 'a' },
      { type: 'batch', to: 'b' },
      { type: 'batch', to: 'a' },
    ]);
  });

  it('sends each reader the rest when the document goes', () => {
    const w = world();
    w.message(watch);
    w.port({ type: 'pull', to: 'a', after: 0 });
    w.recorder.heard('pagehide');
    expect(w.asked.at(-1)).toBe('pull0 3');
  });

  it('ignores nonsense on its line', () => {
    const w = world();
    w.message(watch);
    const before = w.asked.length;
    for (const message of [
      null,
      7,
      {},
      { type: 'pull', to: 'a' },
      { type: 'pull', to: '', after: 0 },
    ])
      w.port(message);
    expect(w.asked.length).toBe(before);
    expect(w.posted).toHaveLength(1);
  });

  it('back from the back/forward cache asks again', async () => {
    const w = world();
    w.message(watch);
    w.cut();
    w.answerHello({ watch });
    w.recorder.heard('pageshow');
    await settled();
    expect(w.ports()).toBe(2);
  });
});
