import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/model/events.ts';
import { handshakeNote } from '../../src/panel/handshake-note.ts';
import { life } from './support/events.ts';
import { sessionOf } from './support/session-of.ts';

const refused = life({ openAfter: null, closeAt: 100, code: 1006 });

function noteOf(events: readonly SessionEvent[]) {
  return handshakeNote(sessionOf([...events]).view.value.sockets.get('s1')!);
}

function noteWith(handshake: { status?: number; error?: string }) {
  return noteOf([...refused, { t: 105, type: 'handshake', socket: 's1', ...handshake }]);
}

describe('the note of a failed handshake', () => {
  it('tells the HTTP status', () => {
    expect(noteWith({ status: 403 })).toEqual({
      id: 'panel_handshake_note_status',
      params: { status: '403' },
    });
  });

  it.each([
    ['Error during WebSocket handshake: Unexpected response code: 503', 'status'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['NS_ERROR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_NAME_NOT_RESOLVED', 'unresolved'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_BLOCKED_BY_CLIENT', 'blocked'],
    ['something new', 'error'],
  ])('reads "%s"', (error, kind) => {
    expect(noteWith({ status: 0, error })?.id).toBe(`panel_handshake_note_${kind}`);
  });

  it('says at least that it never opened', () => {
    expect(noteOf(refused)?.id).toBe('panel_handshake_note_never');
  });

  it.each([
    ['opened', life({ closeAt: 100, code: 1006 })],
    ['still tries to open', life({ openAfter: null })],
    ['has a reason of its own', life({ openAfter: null, closeAt: 9, code: 4000, reason: 'no' })],
  ])('says nothing of a socket that %s', (_, events) => {
    expect(noteOf(events)).toBeUndefined();
  });
});
