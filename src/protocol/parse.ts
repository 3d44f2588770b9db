import {
  type FromLink,
  type FromRelay,
  type Greeting,
  type Hello,
  LEAST_LIMITS,
  MAX_BATCH,
  MAX_ID,
  MOST_LIMITS,
  type OpenOptions,
  type Present,
  type RecorderLimits,
  type ToLink,
  type ToRelay,
  type Watch,
  type WatchOptions,
} from './border.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Longest URL that is passed on, in UTF-16 units; longer ones are cut. */
export const MAX_URL = 4096;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isBatchText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_BATCH;
}

function parseOptions(value: unknown): WatchOptions {
  return { previews: isFields(value) && value.previews === true };
}

export function parseHello(value: unknown): Hello | undefined {
  if (!isFields(value) || value.type !== 'hello' || !isCount(value.v)) return undefined;
  return { type: 'hello', v: value.v };
}

export function parseWatch(value: unknown): Watch | undefined {
  if (!isFields(value) || value.type !== 'watch' || !isCount(value.v)) return undefined;
  return { type: 'watch', v: value.v, options: parseOptions(value.options) };
}

/** Undefined where they are none, or out of bounds. */
export function parseLimits(value: unknown): RecorderLimits | undefined {
  if (!isFields(value)) return undefined;
  const { events, units } = value;
  const within = (amount: unknown, key: keyof RecorderLimits): amount is number =>
    isCount(amount) && amount >= LEAST_LIMITS[key] && amount <= MOST_LIMITS[key];
  return within(events, 'events') && within(units, 'units') ? { events, units } : undefined;
}

export function parseGreeting(value: unknown): Greeting | undefined {
  if (!isFields(value)) return undefined;
  const limits = parseLimits(value.limits);
  return { watch: parseWatch(value.watch) ?? null, ...(limits !== undefined && { limits }) };
}

export function parsePresent(value: unknown): Present | undefined {
  if (!isFields(value) || value.type !== 'present' || !isCount(value.v)) return undefined;
  return { type: 'present', v: value.v };
}

export function parseOpenOptions(value: unknown): OpenOptions | undefined {
  return isFields(value) && value.type === 'open-options' ? { type: 'open-options' } : undefined;
}

export function parseFromRelay(value: unknown): FromRelay | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'document':
      return isId(value.doc) && isCount(value.v)
        ? { type: 'document', v: value.v, doc: value.doc }
        : undefined;
    case 'news':
      return { type: 'news' };
    case 'batch':
      return isId(value.to) && isBatchText(value.json)
        ? { type: 'batch', to: value.to, json: value.json }
        : undefined;
    default:
      return undefined;
  }
}

export function parseToRelay(value: unknown): ToRelay | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'pull':
      return isId(value.to) && isCount(value.after)
        ? { type: 'pull', to: value.to, after: value.after }
        : undefined;
    case 'options':
      return { type: 'options', options: parseOptions(value.options) };
    default:
      return undefined;
  }
}

export function parseFromLink(value: unknown): FromLink | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'attach':
      return isId(value.link) && isCount(value.tabId) && isCount(value.v)
        ? {
            type: 'attach',
            v: value.v,
            link: value.link,
            tabId: value.tabId,
            options: parseOptions(value.options),
          }
        : undefined;
    case 'pull':
      return isId(value.doc) && isCount(value.after)
        ? { type: 'pull', doc: value.doc, after: value.after }
        : undefined;
    case 'options':
      return { type: 'options', options: parseOptions(value.options) };
    case 'failed':
      return isCount(value.count) ? { type: 'failed', count: value.count } : undefined;
    default:
      return undefined;
  }
}

export function parseToLink(value: unknown): ToLink | undefined {
  if (!isFields(value)) return undefined;
  switch (value.type) {
    case 'attached':
      return isCount(value.v) && isCount(value.present)
        ? { type: 'attached', v: value.v, present: value.present, access: value.access === true }
        : undefined;
    case 'document':
      return isId(value.doc)
        ? {
            type: 'document',
            doc: value.doc,
            ...(typeof value.url === 'string' && { url: value.url.slice(0, MAX_URL) }),
            ...(typeof value.top === 'boolean' && { top: value.top }),
          }
        : undefined;
    case 'gone':
    case 'news':
      return isId(value.doc) ? { type: value.type, doc: value.doc } : undefined;
    case 'batch':
      return isId(value.doc) && isBatchText(value.json)
        ? { type: 'batch', doc: value.doc, json: value.json }
        : undefined;
    default:
      return undefined;
  }
}
