import { signal } from '@preact/signals';
import type { FormatId } from '../../../src/log/index.ts';
import type { SessionEvent } from '../../../src/model/events.ts';
import { boot } from '../../../src/panel/boot.tsx';
import { createBreath } from '../../../src/panel/breath.ts';
import { sessionLogInSteps } from '../../../src/panel/export/session-log.ts';
import { writeBlob } from '../../../src/panel/export/write-blob.ts';
import { importFile } from '../../../src/panel/import/import-file.ts';
import { eventsOf } from './events.ts';

/** The panel over made-up events; the runner calls what stands on `window.bench`. */
const { store, ui } = await boot({
  live: true,
  platform: {
    kind: 'page',
    language: 'en',
    theme: signal('light' as const),
    storage: { get: async () => undefined, set: async () => {} },
  },
});

const longTasks: number[] = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push(entry.duration);
}).observe({ type: 'longtask', buffered: true });

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const painted = async () => {
  await frame();
  await new Promise((resolve) => setTimeout(resolve));
};

async function open(sockets: number, events: number) {
  const list = eventsOf(sockets, events);
  // Making them up is not the panel's work.
  await painted();
  await new Promise((resolve) => setTimeout(resolve, 200));
  longTasks.length = 0;
  const t0 = performance.now();
  await store.openFile({ name: 'bench', startedAt: Date.UTC(2026, 0, 31), events: list });
  const taken = performance.now();
  // The view is told once more, as if the session had just become the shown one.
  const { current } = store;
  const session = current.value;
  store.show(store.live!);
  await painted();
  await painted();
  const before = performance.now();
  store.show(session);
  await painted();
  return {
    takeMs: taken - t0,
    firstPaintMs: performance.now() - before,
    worstTaskMs: Math.max(0, ...longTasks.splice(0)),
  };
}

/** A stream into the live session while the grid is scrolled. */
async function stream(perSecond: number, seconds: number) {
  store.show(store.live!);
  const start = Date.now();
  const opening: SessionEvent[] = [];
  for (let i = 0; i < 200; i += 1) {
    const socket = `live${i}`;
    opening.push({
      t: start,
      type: 'opening',
      socket,
      url: `wss://host-${i % 40}.test/feed`,
      document: 'd',
    });
    opening.push({ t: start + 1, type: 'open', socket });
  }
  store.receive(opening);
  await painted();
  await new Promise((resolve) => setTimeout(resolve, 500));
  longTasks.length = 0;
  let sent = 0;
  const id = setInterval(() => {
    const due = Math.floor(((Date.now() - start - 500) / 1000) * perSecond);
    const batch: SessionEvent[] = [];
    for (; sent < due; sent += 1) {
      const socket = `live${sent % 200}`;
      batch.push({
        t: Date.now(),
        type: 'receive',
        socket,
        kind: 'text',
        bytes: 100 + (sent % 50),
      });
    }
    store.receive(batch);
  }, 50);
  const scroller = document.querySelector('.grid-scroller')!;
  let frames = 0;
  let worstFrame = 0;
  const end = performance.now() + seconds * 1000;
  let last = await frame();
  while (performance.now() < end) {
    scroller.scrollTop = (Math.sin(frames / 20) + 1) * 1500;
    const now = await frame();
    worstFrame = Math.max(worstFrame, now - last);
    last = now;
    frames += 1;
  }
  clearInterval(id);
  return {
    events: sent,
    framesPerSecond: frames / seconds,
    worstFrameMs: worstFrame,
    worstTaskMs: Math.max(0, ...longTasks.splice(0)),
  };
}

/** The same sockets as a plain table, every row in the document. */
async function plainTable() {
  const sockets = [...store.view.value.sockets.values()];
  const host = document.createElement('div');
  host.style.cssText = 'position:fixed;inset:0;overflow:auto;background:#fff;z-index:99';
  const before = performance.now();
  const table = document.createElement('table');
  for (const one of sockets) {
    const row = table.insertRow();
    for (const text of [one.url, one.state, one.code, one.reason, one.closedBy, one.openAt, '']) {
      row.insertCell().textContent = String(text ?? '');
    }
  }
  host.append(table);
  document.body.append(host);
  await painted();
  const ms = performance.now() - before;
  host.remove();
  return ms;
}

let saved: Blob | undefined;

/** Writes the shown session, redacted, as the export dialog does. */
async function save(form: FormatId, gzip: boolean) {
  const session = store.current.value;
  await new Promise((resolve) => setTimeout(resolve, 300));
  longTasks.length = 0;
  const before = performance.now();
  const log = await sessionLogInSteps(session, undefined, createBreath());
  saved = await writeBlob(log, {}, form, gzip);
  const tookMs = performance.now() - before;
  await painted();
  return { tookMs, bytes: saved.size, worstTaskMs: Math.max(0, ...longTasks.splice(0)) };
}

/** Opens what was saved last beside the session. */
async function reopen() {
  if (saved === undefined) throw new Error('Nothing was saved');
  const file = new File([saved], 'saved');
  longTasks.length = 0;
  const before = performance.now();
  const { error, session } = await importFile(store, file, () => {});
  if (session === undefined) throw new Error(JSON.stringify(error));
  await painted();
  const tookMs = performance.now() - before;
  const { findings, sockets } = store.view.value;
  store.closeSession(session);
  return {
    tookMs,
    sockets: sockets.size,
    findings: findings.length,
    worstTaskMs: Math.max(0, ...longTasks.splice(0)),
  };
}

Object.assign(window, { bench: { open, stream, plainTable, save, reopen, ui } });
