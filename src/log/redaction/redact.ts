import type { SessionEvent } from '../../model/events.ts';
import { isMark } from '../../model/secrets.ts';
import {
  decoded,
  isKnownAgain,
  isSecretName,
  isTelling,
  secretsIn,
  urlParts,
} from '../../model/url-secrets.ts';
import { type Field, fieldsOf } from '../fields.ts';
import { headerOf, type LogHeader, type RedactionRecord, type SessionLog } from '../types.ts';
import { redactHeaders, secretsInHeaders } from './headers.ts';
import { chosen, type RedactionChoice, type RedactionId } from './options.ts';
import { redactProtocols, secretProtocols } from './protocols.ts';
import { allRecords } from './records.ts';
import { redactStack, redactText } from './text.ts';
import { redactUrl } from './url.ts';
import { Vault } from './vault.ts';

/** Redacts events one by one; marks are shared by all that it sees. */
export interface Redactor {
  /**
   * Looks at an event before any is redacted: what is secret in it is found in the texts of
   * every other, earlier ones too.
   */
  learn(event: SessionEvent): void;
  event(event: SessionEvent): SessionEvent;
  /** A text made of the log's own, such as a report's line. */
  text(text: string): string;
  url(url: string): string;
  /** The header with the record of what was done so far. */
  header(header: LogHeader): LogHeader;
  readonly record: RedactionRecord;
}

export function createRedactor(choice: RedactionChoice = {}): Redactor {
  const on = chosen(choice);
  const vault = new Vault();
  const record = (): RedactionRecord => ({ applied: [...on], replaced: vault.counts });
  return {
    learn: (event) => learn(event, vault),
    event: (event) => redactEvent(event, on, vault),
    text: (text) => redactText(text, on, vault),
    url: (url) => redactUrl(url, on, vault),
    header: (header) => redactHeader(header, on, vault, record),
    get record() {
      return record();
    },
  };
}

/**
 * The whole log without its secrets. Pure: the log given stays as it is.
 * @param others events of the session that do not leave with it, whose secrets it may still quote
 */
export function redact(
  log: SessionLog,
  choice: RedactionChoice = {},
  others: Iterable<SessionEvent> = [],
): SessionLog {
  const redactor = createRedactor(choice);
  for (const event of others) redactor.learn(event);
  for (const event of log.events) redactor.learn(event);
  const events = log.events.map(redactor.event);
  return { ...redactor.header(headerOf(log)), events };
}

/** Events redacted between two breaths: some milliseconds. */
const STEP = 1000;

/** The same as `redact`, letting a page's other tasks run in between. */
export async function redactInSteps(
  log: SessionLog,
  choice: RedactionChoice,
  breathe: () => Promise<void> | void,
  others: Iterable<SessionEvent> = [],
): Promise<SessionLog> {
  const redactor = createRedactor(choice);
  let work = 0;
  for (const list of [others, log.events]) {
    for (const event of list) {
      redactor.learn(event);
      // Traffic, which most of it is, is passed over at once.
      work += event.type === 'send' || event.type === 'receive' ? 1 : 20;
      if (work < 20 * STEP) continue;
      work = 0;
      await breathe();
    }
  }
  const events: SessionEvent[] = [];
  for (const event of log.events) {
    events.push(redactor.event(event));
    if (events.length % STEP === 0) await breathe();
  }
  return { ...redactor.header(headerOf(log)), events };
}

/** Events that hold what others may quote. */
const TELLING_TYPES: ReadonlySet<string> = new Set(['opening', 'open', 'handshake']);

function learn(event: SessionEvent, vault: Vault): void {
  const telling = TELLING_TYPES.has(event.type);
  if (!telling && event.type !== 'close' && event.type !== 'close-called') return;
  const given = event as unknown as Record<string, unknown>;
  for (const { name, privacy } of fieldsOf(event.type) ?? []) {
    const value = given[name];
    if (privacy === undefined || value === undefined) continue;
    // An earlier redaction's marks keep their meaning.
    for (const text of textsIn(value)) vault.reserve(text);
    if (!telling) continue;
    if (privacy === 'url') learnUrl(value as string, vault);
    if (privacy === 'headers') {
      for (const secret of secretsInHeaders(value as Record<string, string>)) {
        vault.remember(secret);
      }
    }
    if (name === 'protocols') {
      for (const secret of secretProtocols(value as string[])) vault.remember(secret);
    }
  }
}

function learnUrl(url: string, vault: Vault): void {
  const credentials = urlParts(url)?.credentials;
  for (const part of credentials?.split(':') ?? []) {
    if (isKnownAgain('password', decoded(part))) {
      vault.remember(decoded(part), credentials, 'credentials');
    }
  }
  for (const secret of secretsIn(url)) vault.remember(secret, decoded(secret));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function redactHeader(
  header: LogHeader,
  on: ReadonlySet<RedactionId>,
  vault: Vault,
  record: () => RedactionRecord,
): LogHeader {
  const { labels, merged, redaction: before } = header;
  const clean = {
    ...(labels && {
      labels: Object.fromEntries(
        Object.entries(labels).map(([name, text]) => [name, redactText(text, on, vault)]),
      ),
    }),
    ...(merged && {
      merged: merged.map((one) =>
        one.name === undefined ? one : { ...one, name: redactText(one.name, on, vault) },
      ),
    }),
  };
  // A log that was redacted before stays known as such.
  const redaction = allRecords(before === undefined ? [record()] : [before, record()]);
  if (redaction.applied.length === 0) return { ...header, ...clean };
  return { ...header, ...clean, redaction };
}

function redactEvent(
  event: SessionEvent,
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): SessionEvent {
  const given = event as unknown as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const field of fieldsOf(event.type) ?? []) {
    const value = given[field.name];
    if (field.privacy === undefined || value === undefined) continue;
    const clean = redactField(field, value, on, vault);
    if (clean === value) continue;
    copy ??= { ...given };
    if (clean === undefined) delete copy[field.name];
    else copy[field.name] = clean;
  }
  return (copy ?? given) as unknown as SessionEvent;
}

function redactField(
  field: Field,
  value: unknown,
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): unknown {
  switch (field.privacy) {
    case 'url':
      return redactUrl(value as string, on, vault);
    case 'stack':
      return redactStack(value as string, on, vault);
    case 'headers':
      return redactHeaders(value as Record<string, string>, on, vault);
    case 'protocols':
      return redactProtocols(value as readonly string[], on, vault);
    case 'payload':
      // Kept, but a token in it is a token all the same.
      if (!on.has('previews')) return redactText(value as string, on, vault);
      vault.count('previews');
      return undefined;
    default:
      return redactDeep(value, on, vault);
  }
}

/** Texts at any depth; the reader bounds the depth, and drills write flat objects. */
function redactDeep(value: unknown, on: ReadonlySet<RedactionId>, vault: Vault): unknown {
  if (typeof value === 'string') return redactText(value, on, vault);
  if (Array.isArray(value)) return value.map((one) => redactDeep(one, on, vault));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const clean = redactDeep(one, on, vault);
      const open = clean === one && typeof one === 'string' && on.has('tokens');
      return [
        name,
        open && isSecretName(name) && !isTelling(one) && !isMark(one)
          ? vault.mark(one, 'token', 'tokens')
          : clean,
      ];
    }),
  );
}
