import type { SessionEventType } from '../model/events.ts';

/**
 * The fields of every event of version 1, once: the reader checks by this table, the writer
 * leaves out what is not in it, the redaction knows from it what a field may give away.
 */
export type FieldKind =
  | 'text'
  | 'texts'
  /** Any finite number. */
  | 'number'
  /** Milliseconds from the start that a date can hold. */
  | 'time'
  /** A whole number from 0. */
  | 'count'
  /** A whole number from 1. */
  | 'positive'
  /** A close code: a whole number from 0 to 65535. */
  | 'code'
  | 'flag'
  /** An object of texts. */
  | 'texts-by-name'
  /** An object of anything that JSON can hold. */
  | 'object'
  | 'choice';

/** What a field may give away, see redaction. */
export type Privacy = 'url' | 'text' | 'protocols' | 'stack' | 'headers' | 'payload';

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required?: true;
  /** For `choice`. A value outside the list is ignored where the field is optional. */
  readonly of?: readonly string[];
  readonly privacy?: Privacy;
  /** A required choice whose unknown values make the event unknown, not the file wrong. */
  readonly open?: true;
}

const t = { name: 't', kind: 'time', required: true } as const satisfies Field;
const socket = { name: 'socket', kind: 'text', required: true } as const satisfies Field;
const someSocket = { name: 'socket', kind: 'text' } as const satisfies Field;
const document = { name: 'document', kind: 'text' } as const satisfies Field;
const stack = { name: 'stack', kind: 'text', privacy: 'stack' } as const satisfies Field;

const traffic = [
  t,
  socket,
  { name: 'kind', kind: 'choice', required: true, of: ['text', 'binary'] },
  { name: 'bytes', kind: 'count', required: true },
  { name: 'count', kind: 'positive' },
  { name: 'largest', kind: 'count' },
  { name: 'firstT', kind: 'time' },
  { name: 'preview', kind: 'text', privacy: 'payload' },
  { name: 'buffered', kind: 'count' },
] as const satisfies readonly Field[];

const TABLE = {
  opening: [
    t,
    socket,
    { name: 'url', kind: 'text', required: true, privacy: 'url' },
    { name: 'protocols', kind: 'texts', privacy: 'protocols' },
    document,
    { name: 'documentUrl', kind: 'text', privacy: 'url' },
    { name: 'top', kind: 'flag' },
    {
      name: 'realm',
      kind: 'choice',
      of: ['window', 'dedicated-worker', 'shared-worker', 'service-worker'],
    },
    { name: 'api', kind: 'choice', of: ['WebSocket', 'WebSocketStream'] },
    stack,
    { name: 'seenBy', kind: 'choice', of: ['recorder', 'browser'] },
  ],
  open: [
    t,
    socket,
    { name: 'protocol', kind: 'text', privacy: 'text' },
    { name: 'extensions', kind: 'text', privacy: 'text' },
  ],
  send: traffic,
  receive: traffic,
  'close-called': [
    t,
    socket,
    { name: 'code', kind: 'number' },
    { name: 'reason', kind: 'text', privacy: 'text' },
    { name: 'readyState', kind: 'count' },
    { name: 'error', kind: 'text', privacy: 'text' },
    stack,
  ],
  error: [t, socket],
  close: [
    t,
    socket,
    { name: 'code', kind: 'code', required: true },
    { name: 'reason', kind: 'text', required: true, privacy: 'text' },
    { name: 'wasClean', kind: 'flag', required: true },
  ],
  handshake: [
    t,
    someSocket,
    { name: 'url', kind: 'text', privacy: 'url' },
    { name: 'status', kind: 'count' },
    { name: 'statusText', kind: 'text', privacy: 'text' },
    { name: 'headers', kind: 'texts-by-name', privacy: 'headers' },
    { name: 'error', kind: 'text', privacy: 'text' },
  ],
  page: [
    t,
    {
      name: 'state',
      kind: 'choice',
      required: true,
      open: true,
      of: [
        'visible',
        'hidden',
        'online',
        'offline',
        'beforeunload',
        'pagehide',
        'pageshow',
        'freeze',
        'resume',
      ],
    },
    { name: 'persisted', kind: 'flag' },
    document,
  ],
  drill: [
    t,
    { name: 'kind', kind: 'text', required: true },
    someSocket,
    { name: 'parameters', kind: 'object', privacy: 'text' },
  ],
  dropped: [t, { name: 'count', kind: 'count', required: true }],
  end: [t],
} as const satisfies Record<SessionEventType, readonly Field[]>;

export const EVENT_FIELDS: Readonly<Record<SessionEventType, readonly Field[]>> = TABLE;

/** Names of the fields of a type, for the test that holds this table and the types equal. */
export type FieldName<T extends SessionEventType> = (typeof TABLE)[T][number]['name'];

/** The fields of a type, or undefined where version 1 has no such type. */
export function fieldsOf(type: string): readonly Field[] | undefined {
  return Object.hasOwn(EVENT_FIELDS, type) ? EVENT_FIELDS[type as SessionEventType] : undefined;
}
