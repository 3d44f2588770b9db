import { describe, expect, it } from 'vitest';
import { isSecretHeader } from '../../../src/panel/detail/headers.ts';
import { sentencesOf } from '../../../src/panel/detail/sentence.ts';
import { parseStack, shortPlace } from '../../../src/panel/detail/stack.ts';
import { timelineOf } from '../../../src/panel/detail/timeline.ts';
import { life } from '../support/events.ts';
import { sessionOf } from '../support/session-of.ts';

describe('sentencesOf', () => {
  const say = (events: Parameters<typeof sessionOf>[0], { live = false, id = 's1' } = {}) => {
    const view = { ...sessionOf(events).view.value, live };
    return sentencesOf(view.sockets.get(id)!, view).map((one) => one.id);
  };

  it.each<[string, Parameters<typeof sessionOf>[0], string[]]>([
    ['open to the end of the recording', life(), ['panel_says_was_open_for']],
    [
      'connecting for long',
      [...life({ openAfter: null }), { t: 9_000, type: 'end' }],
      ['panel_says_was_connecting_for', 'panel_says_connecting_held'],
    ],
    [
      'closed long after the page asked for it',
      [
        ...life().slice(0, 2),
        { t: 500, type: 'close-called', socket: 's1', code: 1000, readyState: 1 },
        { t: 20_500, type: 'close', socket: 's1', code: 1006, reason: '', wasClean: false },
      ],
      ['panel_says_page_called'],
    ],
    [
      'closed by the server, gone for good',
      [...life({ closeAt: 6_000, reason: 'x' }), { t: 90_000, type: 'end' }],
      ['panel_says_server_reason', 'panel_says_never'],
    ],
    [
      'closed by the page',
      life({ closeAt: 900, code: 1000, pageCalls: true }),
      ['panel_says_page'],
    ],
    [
      'refused with a status',
      [
        ...life({ openAfter: null, closeAt: 900, code: 1006 }),
        { t: 905, type: 'handshake', socket: 's1', url: 'wss://a.test/feed', status: 403 },
      ],
      ['panel_says_handshake_status', 'panel_says_not_known'],
    ],
    [
      'seen by the browser alone',
      [{ t: 0, type: 'opening', socket: 's1', url: 'wss://a.test/', seenBy: 'browser' }],
      ['panel_says_unseen'],
    ],
  ])('%s', (_, events, expected) => {
    const said = say(events);
    expect(said.slice(0, expected.length)).toEqual(expected);
  });

  it('speaks of now while it goes on', () => {
    expect(say(life(), { live: true })).toEqual(['panel_says_open_for']);
    const closing = [
      ...life().slice(0, 2),
      { t: 500, type: 'close-called' as const, socket: 's1', code: 1000, readyState: 1 },
    ];
    expect(say(closing, { live: true })).toEqual(['panel_says_closing_since']);
    expect(say(closing)).toEqual(['panel_says_was_closing_since']);
  });

  it('notices the same age again and again', () => {
    const events = [0, 1, 2].flatMap((i) =>
      life({
        id: `s${i + 1}`,
        at: i * 20_000,
        closeAt: i * 20_000 + 15_050,
        code: 1008,
        reason: 'token expired',
      }),
    );
    const view = sessionOf([...events, { t: 61_000, type: 'end' }]).view.value;
    const sentences = sentencesOf(view.sockets.get('s3')!, view);
    expect(sentences[1]).toEqual({ id: 'panel_says_same_age', params: { count: 3 } });
  });
});

describe('timelineOf', () => {
  it('tells messages in runs and keeps what lies between', () => {
    const items = timelineOf([
      ...life({ sends: [100, 200, 300, 5_000], closeAt: 6_000, code: 1008, reason: 'bye' }),
    ]);
    expect(items.map((item) => `${item.t} ${item.text.id}`)).toEqual([
      '0 panel_event_opening',
      '50 panel_event_open',
      '100 panel_event_send',
      '5000 panel_event_send',
      '6000 panel_event_close_reason',
    ]);
    expect(items[2]?.text.params).toMatchObject({ count: 3, bytes: 30 });
  });
});

describe('parseStack', () => {
  it.each([
    ['at Feed.connect (https://a.test/app.js:12:5)', 'Feed.connect', 'app.js:12:5'],
    ['at https://a.test/v/app.js?v=1:7:9', '', 'app.js:7:9'],
    ['at async https://a.test/app.js:7:9', '', 'app.js:7:9'],
    ['connect@https://a.test/app.js:12:5', 'connect', 'app.js:12:5'],
    ['@https://a.test/app.js:12:5', '', 'app.js:12:5'],
    ['at <anonymous>', '<anonymous>', ''],
  ])('%s', (line, name, place) => {
    const [frame] = parseStack(`Error\n    ${line}`);
    expect(frame?.name).toBe(name);
    expect(shortPlace(frame!)).toBe(place);
  });
});

describe('isSecretHeader', () => {
  it.each(['Cookie', 'set-cookie', 'Authorization', 'x-csrf-token', 'X-Api-Key'])(
    '%s is masked',
    (name) => expect(isSecretHeader(name)).toBe(true),
  );
  // What proves the handshake (RFC 6455 §1.3) is no secret.
  it.each(['content-type', 'date', 'sec-websocket-protocol', 'sec-websocket-accept'])(
    '%s is shown',
    (name) => expect(isSecretHeader(name)).toBe(false),
  );
});
