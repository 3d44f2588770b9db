import type { SessionEventType } from '../model/events.ts';
import { EVENT_FIELDS, type Field } from './fields.ts';
import { DATE_TIME as DATE_TIME_PATTERN, MOST_MS } from './times.ts';
import { LOG_FORMAT, LOG_VERSION } from './types.ts';

type Json = Record<string, unknown>;

const TEXT: Json = { type: 'string' };
const COUNT: Json = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const TEXTS_BY_NAME: Json = { type: 'object', additionalProperties: TEXT };
const DATE_TIME: Json = { type: 'string', format: 'date-time', pattern: DATE_TIME_PATTERN };
const TIME: Json = { type: 'number', minimum: -MOST_MS, maximum: MOST_MS };

const GENERATOR: Json = {
  type: 'object',
  properties: { name: TEXT, version: TEXT, browser: TEXT },
};

/** What is not plain from a field's name and kind. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  t: 'Milliseconds since startedAt, fractions allowed. Together they are a time of the years 0 to 9999.',
  socket: 'Unique in the log.',
  document: 'Id of the document; equal ids share visibility and lifecycle.',
  top: "True for the tab's own document, false for a frame's.",
  stack: "Call stack, one frame a line, the page's first frame first.",
  seenBy: "browser: only the browser's network view saw it, so its close code cannot be known.",
  bytes: 'Payload bytes; the sum of a run.',
  count: 'Messages of the run.',
  largest: 'Bytes of the largest message of the run.',
  firstT: 'Time of the first message of a run; t is that of the last.',
  preview: 'Start of the payload, only where the user asked for previews.',
  buffered: 'Bytes not yet sent, the peak of the run.',
  readyState: 'At the call: 3 had no effect.',
  error: "A handshake's error in the browser's own words; a call's exception by name.",
  status: 'HTTP status; 0 where there was no answer.',
};

/** The JSON Schema of version 1, made from the table of fields. Its file is in `schema/`. */
export function logSchema(): Json {
  const types = Object.keys(EVENT_FIELDS) as SessionEventType[];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'WebSocket session log, version 1',
    description:
      'What happened to the WebSockets of a page. As NDJSON: this object without events on the first line, then one event a line. Readers ignore fields and event types that they do not know.',
    type: 'object',
    required: ['format', 'version', 'startedAt', 'events'],
    properties: {
      format: { const: LOG_FORMAT },
      version: { const: LOG_VERSION },
      startedAt: { ...DATE_TIME, description: 'Wall clock of t = 0.' },
      generator: { ...GENERATOR, description: 'What wrote the log.' },
      redaction: {
        type: 'object',
        description: 'What was taken out before the log was saved.',
        properties: {
          applied: { type: 'array', items: TEXT },
          replaced: { type: 'object', additionalProperties: COUNT },
        },
      },
      dropped: { ...COUNT, description: 'Events that fell out of buffers before the first one.' },
      labels: { ...TEXTS_BY_NAME, description: 'Short facts to group logs by, such as release.' },
      merged: {
        type: 'array',
        description: 'The logs that were merged into this one.',
        items: {
          type: 'object',
          required: ['mark', 'startedAt'],
          properties: { mark: TEXT, name: TEXT, startedAt: DATE_TIME, generator: GENERATOR },
        },
      },
      events: {
        type: 'array',
        description: 'In order of t.',
        items: { $ref: '#/$defs/event' },
      },
    },
    $defs: {
      event: {
        type: 'object',
        required: ['t', 'type'],
        properties: { t: TIME, type: TEXT },
        allOf: types.map((type) => ({
          if: { properties: { type: { const: type } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { $ref: `#/$defs/${type}` },
        })),
      },
      ...Object.fromEntries(types.map((type) => [type, eventSchema(EVENT_FIELDS[type])])),
    },
  };
}

function eventSchema(fields: readonly Field[]): Json {
  return {
    required: fields.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(
      fields.map((field) => {
        const description = DESCRIPTIONS[field.name];
        return [field.name, { ...kindSchema(field), ...(description && { description }) }];
      }),
    ),
  };
}

function kindSchema(field: Field): Json {
  switch (field.kind) {
    case 'text':
      return TEXT;
    case 'texts':
      return { type: 'array', items: TEXT };
    case 'number':
      return { type: 'number' };
    case 'time':
      return TIME;
    case 'count':
      return COUNT;
    case 'positive':
      return { ...COUNT, minimum: 1 };
    case 'code':
      return { type: 'integer', minimum: 0, maximum: 65535 };
    case 'flag':
      return { type: 'boolean' };
    case 'texts-by-name':
      return TEXTS_BY_NAME;
    case 'object':
      return { type: 'object' };
    case 'choice':
      // Readers leave out an event of an unknown state, so writers may add states.
      return field.open === true ? { type: 'string', examples: field.of } : { enum: field.of };
  }
}
