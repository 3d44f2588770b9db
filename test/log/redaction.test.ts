import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeRedaction,
  KEEP_EVERYTHING,
  type RedactionChoice,
  redact,
  redactInSteps,
  redactionOptions,
  type SessionLog,
} from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { SMALL } from './samples.ts';
import { quotingLogs, sessionLogs } from './sessions.ts';

const JWT =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const HEX = '4f9d2c7be01a4c6d8e5f9d2c7be01a4c';

function logOf(...events: object[]): SessionLog {
  return { ...SMALL, events: events as SessionEvent[] };
}

function url(text: string, choice?: RedactionChoice): string {
  const log = redact(logOf({ t: 0, type: 'opening', socket: 's', url: text }), choice);
  return (log.events[0] as { url: string }).url;
}

function reason(text: string): string {
  const log = redact(
    logOf({ t: 0, type: 'close', socket: 's', code: 1008, reason: text, wasClean: true }),
  );
  return (log.events[0] as { reason: string }).reason;
}

describe('URLs', () => {
  it.each([
    ['wss://a.test/feed', 'wss://a.test/feed'],
    ['wss://a.test/feed?token=abc&room=5', 'wss://a.test/feed?token=‹token-1›&room=‹token-2›'],
    ['wss://a.test/feed?a=x1&b=x1', 'wss://a.test/feed?a=‹token-1›&b=‹token-1›'],
    ['wss://a.test/feed?token=&x=undefined&y=null', 'wss://a.test/feed?token=&x=undefined&y=null'],
    ['wss://bob:secret@a.test/feed', 'wss://‹credentials-1›@a.test/feed'],
    [`wss://a.test/s/${JWT}/ws`, 'wss://a.test/s/‹token-1›/ws'],
    [`wss://a.test/s/${HEX}`, 'wss://a.test/s/‹token-1›'],
    ['wss://a.test/550e8400-e29b-41d4-a716-446655440000', 'wss://a.test/‹token-1›'],
    [
      'wss://a.test/api/v1/notifications-of-everything',
      'wss://a.test/api/v1/notifications-of-everything',
    ],
    ['wss://a.test/#/rooms/5', 'wss://a.test/#/rooms/5'],
    ['wss://a.test/#access_token=abcdef', 'wss://a.test/#access_token=‹token-1›'],
    ['data:text/html,secret', 'data:…'],
    ['about:blank', 'about:blank'],
    ['wss://a.test/ws?MyPassw0rd', 'wss://a.test/ws?‹token-1›'],
    ['not a url', 'not a url'],
  ])('%s', (before, after) => {
    expect(url(before)).toBe(after);
  });

  it('keeps what the user does not tick', () => {
    const text = `wss://bob:secret@a.test/${HEX}?token=abc`;
    expect(url(text, KEEP_EVERYTHING)).toBe(text);
    expect(url(text, { 'query-values': false })).toBe(
      'wss://‹credentials-1›@a.test/‹token-1›?token=abc',
    );
    expect(url(text, { tokens: false, credentials: false })).toBe(
      `wss://bob:secret@a.test/${HEX}?token=‹token-1›`,
    );
  });

  it('still finds tokens in queries that are kept', () => {
    expect(url(`wss://a.test/?t=${JWT}&room=5`, { 'query-values': false })).toBe(
      'wss://a.test/?t=‹token-1›&room=5',
    );
  });
});

describe('reasons', () => {
  it.each([
    ['token expired', 'token expired'],
    ['Unauthorized (401)', 'Unauthorized (401)'],
    ['{"code":4401,"error":"TOKEN_EXPIRED"}', '{"code":4401,"error":"TOKEN_EXPIRED"}'],
    ['InsufficientPermissionsForThisOperation', 'InsufficientPermissionsForThisOperation'],
    ['ERR_TOO_MANY_CONNECTIONS_FROM_THIS_CLIENT', 'ERR_TOO_MANY_CONNECTIONS_FROM_THIS_CLIENT'],
    ['token: expired', 'token: expired'],
    ['Bearer authentication required', 'Bearer authentication required'],
    ['session-closed-by-administrator', 'session-closed-by-administrator'],
    ['769', '769'],
    [`bad token ${JWT}.`, 'bad token ‹token-1›.'],
    [`${HEX} and ${HEX}`, '‹token-1› and ‹token-1›'],
    ['key sk_live_51H8xK2eZvKYlo2C9 revoked', 'key ‹token-1› revoked'],
    ['AKIAIOSFODNN7EXAMPLE denied', '‹token-1› denied'],
    ['Authorization: Bearer a8s7d6f5g4', 'Authorization: Bearer ‹token-1›'],
    ['password=hunter22 wrong', 'password=‹token-1› wrong'],
    ['{"token":"abc123xyz","why":"expired"}', '{"token":"‹token-1›","why":"expired"}'],
    ['kicked bob.smith@example.com', 'kicked ‹email-1›'],
    ['GET /ws?token=hunter&user=bob failed', 'GET /ws?token=‹token-1›&user=‹token-2› failed'],
    ['what? no & never', 'what? no & never'],
    ['see https://x.test/help?session=a1b2c3', 'see https://x.test/help?session=‹token-1›'],
    ['id dGhpc0lzQVRva2VuMTIzNDU2Nzg5MA==', 'id ‹token-1›'],
    ['đã hết hạn phiên', 'đã hết hạn phiên'],
  ])('%s', (before, after) => {
    expect(reason(before)).toBe(after);
  });

  it('does not take words out because a query holds them', () => {
    const log = redact(
      logOf(
        {
          t: 0,
          type: 'opening',
          socket: 's',
          url: 'wss://a.test/?error=unauthorized&why=token-expired',
        },
        {
          t: 1,
          type: 'close',
          socket: 's',
          code: 1008,
          reason: 'unauthorized: token-expired',
          wasClean: true,
        },
      ),
    );
    expect(log.events[1]).toMatchObject({ reason: 'unauthorized: token-expired' });
  });

  it('knows a token of the URL again, whatever it looks like', () => {
    const log = redact(
      logOf(
        { t: 0, type: 'opening', socket: 's', url: 'wss://a.test/?token=opensesame%21&x=1' },
        {
          t: 1,
          type: 'close',
          socket: 's',
          code: 1008,
          reason: 'token opensesame! is bad (token=opensesame!)',
          wasClean: true,
        },
      ),
    );
    expect(log.events[1]).toMatchObject({ reason: 'token ‹token-1› is bad (token=‹token-1›)' });
  });
});

describe('what gives secrets away', () => {
  const opening = { t: 0, type: 'opening', socket: 's', url: 'wss://a.test/feed' };
  const close = (text: string, t = 1000) => ({
    t,
    type: 'close',
    socket: 's',
    code: 1008,
    reason: text,
    wasClean: true,
  });
  const handshake = (headers: object) => ({ t: 1, type: 'handshake', socket: 's', headers });

  it.each<[what: string, secret: string, events: object[]]>([
    ['a name with an @', 'hunter2', [{ ...opening, url: 'wss://bob@corp.com:hunter2@host/x' }]],
    ['the same in a sentence', 'hunter2', [opening, close('no wss://bob@corp.com:hunter2@host/x')]],
    ['another scheme', 'hunter2', [opening, close('lost postgres://app:hunter2@db:5432/prod')]],
    ['no user', 'p4ss', [opening, close('lost redis://:p4ssw0rd@localhost:6379')]],
    ['letters behind Basic', 'dXNl', [opening, close('bad Authorization: Basic dXNlcjpwYXNz')]],
    ['letters behind Bearer', 'AbCdEf', [opening, close('Bearer AbCdEfGhIjKlMnOp rejected')]],
    ['a word in JSON', 'swordfish', [opening, close('{"error":"auth","token":"swordfish"}')]],
    ['digits', '123456', [opening, close('bad login password=123456')]],
    ['a short one', 'a1b2c', [opening, close('bad login password=a1b2c')]],
    ['a prefix of the name', 's3cr3t', [opening, close('client_secret=s3cr3tvalue9')]],
    ['humps in the name', 's3cr3t', [opening, close('userToken=s3cr3tvalue9')]],
    ['a session of PHP', 's3cr3t', [opening, close('PHPSESSID=s3cr3tvalue9 unknown')]],
    ['quotes', 's3cr3t', [opening, close('token "s3cr3tvalue9" expired')]],
    ['"is"', 's3cr3t', [opening, close('access_token is s3cr3tvalue9')]],
    ['a bracket in it', 'defghi99', [opening, close('at https://x.test/?token=abc(defghi99)')]],
    ['an apostrophe in it', 'defghi99', [opening, close("at https://x.test/?token=abc'defghi99")]],
    [
      'letters known from the URL',
      'CorrectHorse',
      [
        { ...opening, url: 'wss://a.test/?password=CorrectHorseBattery' },
        close('bad CorrectHorseBattery'),
      ],
    ],
    [
      'seven characters known from the URL',
      'abc1234',
      [{ ...opening, url: 'wss://a.test/?token=abc1234' }, close('token abc1234 expired')],
    ],
    [
      'known from a URL that comes later',
      'hunter2hunter2',
      [
        opening,
        close('retry with ticket hunter2hunter2'),
        { ...opening, t: 2000, socket: 's2', url: 'wss://a.test/?ticket=hunter2hunter2' },
      ],
    ],
    [
      'a part of a cookie',
      's3cr3t',
      [
        opening,
        handshake({ 'Set-Cookie': 'sid=s3cr3tvalue9; Path=/' }),
        close('s3cr3tvalue9 expired'),
      ],
    ],
    ['a redirect with credentials', 'real9', [opening, handshake({ Location: '//u:real9@h/x' })]],
    [
      'a home of a document',
      'alice',
      [{ ...opening, documentUrl: 'file:///home/alice/index.html' }],
    ],
    ['a home at the end', 'alice', [opening, close('ENOENT /home/alice')]],
    ['a home in small letters', 'alice', [opening, close('cannot open c:\\users\\alice\\x.txt')]],
    [
      'a home in a share',
      'alice',
      [{ ...opening, stack: 'at h (\\\\wsl$\\Ubuntu\\home\\alice\\x.js:1:1)' }],
    ],
    [
      'code in a stack',
      's3cr3t',
      [{ ...opening, stack: 'at data:text/javascript,s3cr3tvalue9:1:1' }],
    ],
    [
      'an odd scheme in a stack',
      'S3cretVal',
      [{ ...opening, stack: 'at f (webpack-internal:///./src/x.js?token=S3cretVal:1:1)' }],
    ],
    ['behind a mark', 'real99', [{ ...opening, url: 'wss://a.test/?token=‹token-1›real99' }]],
    [
      'credentials behind a mark',
      'real99',
      [{ ...opening, url: 'wss://bob:‹token-1›real99@a.test/' }],
    ],
    ['a header behind a mark', 'real99', [opening, handshake({ 'X-Key': '‹token-1›real99' })]],
    [
      'a subprotocol that follows its name',
      'opaque',
      [{ ...opening, protocols: ['bearer', 'opaquevalue'] }],
    ],
    [
      'a subprotocol with its name',
      'tok3n',
      [{ ...opening, protocols: ['access_token.tok3nshort'] }],
    ],
    [
      'extensions',
      's3cr3t',
      [
        opening,
        { t: 1, type: 'open', socket: 's', protocol: '', extensions: 'x; token=s3cr3tvalue9' },
      ],
    ],
    [
      'a parameter of a drill',
      's3cr3t',
      [opening, { t: 1, type: 'drill', kind: 'x', parameters: { password: 's3cr3tvalue9' } }],
    ],
  ])('%s', (_, secret, events) => {
    expect(JSON.stringify(logOf(...events).events)).toContain(secret);
    expect(JSON.stringify(redact(logOf(...events)).events)).not.toContain(secret);
  });

  it('also of sockets that do not leave with the log', () => {
    const other = { ...opening, socket: 's2', url: 'wss://a.test/?ticket=hunter2hunter2' };
    const [event] = redact(logOf(close('retry with hunter2hunter2')), {}, [
      other as unknown as SessionEvent,
    ]).events;
    expect(event).toMatchObject({ reason: 'retry with ‹token-1›' });
  });

  it('gives no new value the mark of an earlier redaction', () => {
    const part = redact(
      logOf(
        { ...opening, url: 'wss://a.test/?room=first' },
        { ...opening, t: 1, socket: 's2', url: `wss://a.test/${HEX}/x` },
      ),
      { tokens: false },
    );
    expect(redact(part).events).toMatchObject([
      { url: 'wss://a.test/?room=‹token-1›' },
      { url: 'wss://a.test/‹token-2›/x' },
    ]);
  });
});

describe('headers, stacks, subprotocols, previews, drills', () => {
  const log = logOf(
    {
      t: 0,
      type: 'opening',
      socket: 's',
      url: 'wss://a.test/',
      protocols: ['graphql-ws', JWT],
      stack:
        'f (file:///home/alice/app/main.js:3:9)\ng (https://a.test/x.js?v=77abc:1:2)\nh (C:\\Users\\Bob Jones\\x.js:1:1)',
    },
    {
      t: 1,
      type: 'handshake',
      headers: {
        Server: 'nginx',
        'Set-Cookie': 'sid=abc',
        'X-Anything': 'who knows',
        'Retry-After': '5',
        Location: 'https://a.test/login?next=secret',
      },
    },
    { t: 2, type: 'send', socket: 's', kind: 'text', bytes: 5, preview: 'hello' },
    {
      t: 3,
      type: 'drill',
      kind: 'refuse',
      parameters: { url: `wss://a.test/?t=${HEX}`, deep: [{ mail: 'a@b.test' }] },
    },
  );
  const [opening, handshake, send, drill] = redact(log).events as unknown as Record<
    string,
    unknown
  >[];

  it('masks the query of a redirect to the same host', () => {
    const [event] = redact(
      logOf({
        t: 0,
        type: 'handshake',
        headers: { location: '/login?state=hunter2&next=/acme#top' },
      }),
    ).events as unknown as { headers: Record<string, string> }[];
    expect(event?.headers.location).toBe('/login?state=‹token-1›&next=‹token-2›#top');
  });

  it('masks what may be secret', () => {
    expect(opening).toMatchObject({
      protocols: ['graphql-ws', '‹token-1›'],
      stack:
        'f (file:///home/‹user-1›/app/main.js:3:9)\ng (https://a.test/x.js?v=‹token-2›:1:2)\nh (C:\\Users\\‹user-2›\\x.js:1:1)',
    });
    expect(handshake?.headers).toEqual({
      Server: 'nginx',
      'Set-Cookie': '‹token-3›',
      'X-Anything': '‹token-4›',
      'Retry-After': '5',
      Location: 'https://a.test/login?next=‹token-5›',
    });
    expect(send).toEqual({ t: 2, type: 'send', socket: 's', kind: 'text', bytes: 5 });
    expect(drill?.parameters).toEqual({
      url: 'wss://a.test/?t=‹token-6›',
      deep: [{ mail: '‹email-1›' }],
    });
  });

  it('keeps previews only where they are asked for', () => {
    expect(redact(log, { previews: false }).events[2]).toMatchObject({ preview: 'hello' });
    const login = logOf({
      t: 2,
      type: 'send',
      socket: 's',
      kind: 'text',
      bytes: 5,
      preview: `auth ${JWT}`,
    });
    expect(redact(login, { previews: false }).events[0]).toMatchObject({
      preview: 'auth ‹token-1›',
    });
    expect(redact(login, KEEP_EVERYTHING).events[0]).toMatchObject({ preview: `auth ${JWT}` });
  });

  it('leaves the log given as it is', () => {
    const before = JSON.stringify(log);
    redact(log);
    expect(JSON.stringify(log)).toBe(before);
  });

  it('says in the header what was done, and adds up over two redactions', () => {
    const once = redact(log);
    expect(once.redaction?.applied).toEqual(redactionOptions.map(({ id }) => id));
    expect(once.redaction?.replaced).toMatchObject({ headers: 2, 'user-names': 2, previews: 1 });
    expect(redact(log, KEEP_EVERYTHING).redaction).toBeUndefined();
    expect(redact(once, KEEP_EVERYTHING).redaction).toEqual(once.redaction);
  });

  it('changes nothing when it is done again', () => {
    expect(redact(redact(log)).events).toEqual(redact(log).events);
  });

  it('is done in steps to the same end', async () => {
    const many = { ...log, events: Array.from({ length: 700 }, () => log.events).flat() };
    let breaths = 0;
    const clean = await redactInSteps(many, {}, () => {
      breaths++;
    });
    expect(clean).toEqual(redact(many));
    expect(breaths).toBeGreaterThanOrEqual(2);
  });

  it('is described before it is done', () => {
    const preview = describeRedaction(log);
    expect(preview.hasPreviews).toBe(true);
    expect(preview.samples).toContainEqual({ field: 'preview', before: 'hello', after: undefined });
    expect(preview.replaced).toEqual(redact(log).redaction?.replaced);
    const bytes = JSON.stringify(redact(log)).length;
    expect(Math.abs(preview.bytes - bytes)).toBeLessThan(bytes * 0.1);
  });
});

/** What a reader of the findings relies on. Sentences may name marks instead of secrets. */
function outcome(log: SessionLog): object {
  const { findings, chains } = diagnose(log.events);
  return {
    findings: findings.map(({ rule, verdict, sockets, causes }) => ({
      rule,
      verdict,
      sockets,
      causes: causes?.map(({ cause }) => cause),
    })),
    chains: chains.map(({ sockets, verdict, delaysMs }) => ({ sockets, verdict, delaysMs })),
  };
}

// A property runs for seconds on a machine that is busy with others.
describe('the diagnosis', { timeout: 60_000 }, () => {
  it('is the same before and after', () => {
    fc.assert(
      fc.property(sessionLogs(), (log) => {
        // What a server said in a message is evidence that goes with the previews.
        const bare = redact(log, { ...KEEP_EVERYTHING, previews: true });
        expect(outcome(redact(log))).toEqual(outcome(bare));
        expect(outcome(redact(log, { previews: false }))).toEqual(outcome(log));
      }),
      { numRuns: 150 },
    );
  });

  it('is the same where a reason says what stands in a URL', () => {
    fc.assert(
      fc.property(quotingLogs(), (log) => {
        expect(outcome(redact(log))).toEqual(outcome(log));
      }),
      { numRuns: 300 },
    );
  });

  it('holds no secret afterwards', () => {
    fc.assert(
      fc.property(sessionLogs(), (log) => {
        const text = JSON.stringify(redact(log));
        expect(text).not.toMatch(/eyJ|4f9d2c7b|sk_live|550e8400|alice|Bob|:pass@/);
      }),
      { numRuns: 100 },
    );
  });
});
