import type { MessageKind, PageState, SessionEvent } from '../../src/model/events.ts';

/**
 * Events from a text that reads as a timeline, one event a line, `#` for remarks:
 *
 *     0      s1 new   wss://a.test/feed           # the constructor
 *     40     s1 open
 *     0      s2 open  wss://a.test/feed           # both at once
 *     1200   s1 send  text 120 x3
 *     4200   s1 close 1001 "restart"              # clean, unless 1006 or "unclean"
 *     4300   s1 call  1000 "bye" state=1          # the page calls close()
 *     4400   page hidden
 *     4500   handshake wss://a.test/feed 403
 *     34200  end
 *
 * Words of the form name=value set further fields: doc, at (call site), protocols,
 * realm, state, error, largest, preview.
 */
export function timeline(text: string): SessionEvent[] {
  const events: SessionEvent[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const words = tokens(line);
    if (words.length === 0) continue;
    const t = Number(words.shift()!.replaceAll('_', ''));
    if (!Number.isFinite(t)) throw new Error(`line ${index + 1}: no time in “${line}”`);
    const parsed = parse(t, words);
    if (parsed === undefined) throw new Error(`line ${index + 1}: cannot read “${line}”`);
    events.push(...parsed);
  }
  return events;
}

const ALONE = new Set(['page', 'handshake', 'drill', 'dropped', 'end']);

function parse(t: number, words: string[]): SessionEvent[] | undefined {
  const options: Record<string, string> = {};
  const rest = words.filter((word) => {
    const match = /^([a-z]+)=(.*)$/s.exec(word);
    if (match === null || word.startsWith('"')) return true;
    options[match[1]!] = unquote(match[2]!);
    return false;
  });
  const socket = ALONE.has(rest[0] ?? '') ? undefined : rest.shift();
  const verb = rest.shift();
  const args = rest.map(unquote);
  const document = options.doc === undefined ? {} : { document: options.doc };
  if (socket === undefined) {
    switch (verb) {
      case 'page':
        return [
          {
            t,
            type: 'page',
            state: args[0] as PageState,
            ...(args.includes('persisted') ? { persisted: true } : {}),
            ...(args[0] === 'pageshow' && !args.includes('persisted') ? { persisted: false } : {}),
            ...document,
          },
        ];
      case 'handshake':
        return [{ t, type: 'handshake', url: args[0]!, ...answer(args.slice(1)) }];
      case 'drill':
        return [{ t, type: 'drill', kind: args[0] ?? 'close' }];
      case 'dropped':
        return [{ t, type: 'dropped', count: Number(args[0]) }];
      case 'end':
        return [{ t, type: 'end' }];
      default:
        return undefined;
    }
  }
  const opening = (url: string): SessionEvent => ({
    t,
    type: 'opening',
    socket,
    url,
    ...(options.protocols === undefined ? {} : { protocols: options.protocols.split(',') }),
    ...(options.at === undefined ? {} : { stack: `at ${options.at}` }),
    ...(options.realm === undefined ? {} : { realm: options.realm as 'dedicated-worker' }),
    ...document,
  });
  switch (verb) {
    case 'new':
      return [opening(args[0]!)];
    case 'open':
      return args[0] === undefined
        ? [{ t, type: 'open', socket }]
        : [opening(args[0]), { t, type: 'open', socket }];
    case 'send':
    case 'receive': {
      const count = args.find((arg) => /^x\d+$/.test(arg));
      return [
        {
          t,
          type: verb,
          socket,
          kind: (args[0] ?? 'text') as MessageKind,
          bytes: Number(args[1] ?? 100),
          ...(count === undefined ? {} : { count: Number(count.slice(1)) }),
          ...(options.largest === undefined ? {} : { largest: Number(options.largest) }),
          ...(options.preview === undefined ? {} : { preview: options.preview }),
        },
      ];
    }
    case 'call':
      return [
        {
          t,
          type: 'close-called',
          socket,
          ...(args[0] === undefined ? {} : { code: Number(args[0]) }),
          ...(args[1] === undefined ? {} : { reason: args[1] }),
          readyState: Number(options.state ?? 1),
          ...(options.error === undefined ? {} : { error: options.error }),
        },
      ];
    case 'error':
      return [{ t, type: 'error', socket }];
    case 'drill':
      return [{ t, type: 'drill', kind: args[0] ?? 'close', socket }];
    case 'close': {
      const code = Number(args[0]);
      const words = args.slice(1).filter((arg) => arg !== 'clean' && arg !== 'unclean');
      return [
        {
          t,
          type: 'close',
          socket,
          code,
          reason: words[0] ?? '',
          wasClean: args.includes('unclean') ? false : args.includes('clean') || code !== 1006,
        },
      ];
    }
    case 'handshake':
      return [{ t, type: 'handshake', socket, ...answer(args) }];
    default:
      return undefined;
  }
}

function answer(args: readonly string[]): { status?: number; error?: string } {
  const status = args.find((arg) => /^\d+$/.test(arg));
  const error = args.find((arg) => !/^\d+$/.test(arg));
  return {
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(error === undefined ? {} : { error }),
  };
}

/** Words of a line; quoted text is one word, `#` outside of quotes begins a remark. */
function tokens(line: string): string[] {
  const found: string[] = [];
  for (const [word] of line.matchAll(/#.*$|(?:[a-z]+=)?"[^"]*"|\S+/g)) {
    if (word.startsWith('#')) break;
    found.push(word);
  }
  return found;
}

function unquote(word: string): string {
  return word.startsWith('"') && word.endsWith('"') && word.length > 1 ? word.slice(1, -1) : word;
}
