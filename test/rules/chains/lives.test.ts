import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Session } from '../../../src/model/session.ts';
import { LongestRun } from '../../../src/rules/chains/longest-run.ts';
import { ChainTracker } from '../../../src/rules/chains/tracker.ts';
import { ageOf, idleOf } from '../../../src/rules/evidence.ts';
import { anySession } from '../../support/random-session.ts';

const orNaN = (value: number | undefined): number => value ?? Number.NaN;

describe('what a chain keeps in numbers', () => {
  it('is what its slots and sockets say, whatever came in whatever order', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(anySession, fc.array(fc.nat(3_000), { maxLength: 60 }), (events, late) => {
        const session = new Session();
        const tracker = new ChainTracker();
        for (const [i, event] of events.entries()) {
          // Some are told late by the clock.
          const touch = session.apply({ ...event, t: Math.max(0, event.t - (late[i] ?? 0)) });
          if (touch.removed !== undefined) tracker.remove(touch.removed.id);
          for (const socket of touch.sockets) tracker.update(socket, session.pageOf(socket));
        }
        for (const { slots, lives, ids } of tracker.chains) {
          // Nothing is left of those that are gone.
          expect(lives.startAt(slots.length)).toBeUndefined();
          for (const [at, slot] of slots.entries()) {
            const { socket } = slot;
            expect(ids[at]).toBe(socket.id);
            expect({
              startAt: lives.startAt(at),
              endAt: lives.endAt(at),
              closeAt: lives.closeAt(at),
              age: lives.age(at),
              idle: lives.idle(at),
              code: lives.code(at),
              delay: lives.delay(at),
              opened: lives.opened(at),
              endedByPage: lives.endedByPage(at),
              closedBy: lives.closedBy(at),
            }).toEqual({
              startAt: orNaN(slot.startAt),
              endAt: orNaN(slot.endAt),
              closeAt: orNaN(socket.closeAt),
              age: orNaN(ageOf(socket)),
              idle: orNaN(idleOf(socket)),
              code: orNaN(socket.code),
              delay: slot.reload ? Number.NaN : orNaN(slot.delayMs),
              opened: socket.openAt !== undefined,
              endedByPage: slot.endedByPage,
              closedBy: socket.closedBy,
            });
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the longest run', () => {
  function runOf(...parts: readonly (readonly number[])[]): LongestRun {
    const run = new LongestRun();
    for (const part of parts) {
      run.cut();
      for (const member of part) run.add(member);
    }
    return run;
  }

  it('is the longest of those that were cut apart', () => {
    const run = runOf([1], [3, 4, 5], [7, 8]);
    expect(run.longest).toEqual([3, 4, 5]);
    expect(run.length).toBe(3);
    expect(run.newest).toBe(8);
  });

  it('is the newest of several as long', () => {
    expect(runOf([1, 2], [4, 5]).longest).toEqual([4, 5]);
  });

  it('is empty where nothing was added, and has no newest member after a cut', () => {
    expect(runOf().longest).toEqual([]);
    expect(runOf([1, 2], []).newest).toBeUndefined();
  });
});
