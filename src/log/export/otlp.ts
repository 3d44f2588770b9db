import type { SessionEvent } from '../../model/events.ts';
import { handshakeStatus } from '../../model/handshake-status.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { Finding } from '../../rules/types.ts';
import type { LogHeader } from '../types.ts';
import { PAUSE } from '../write/pieces.ts';
import { beginningOf } from './lanes.ts';

/** Records in one request: a Collector refuses lines of several MiB. */
const BATCH = 500;

/** SeverityNumber of the OpenTelemetry log data model. */
const SEVERITY = { INFO: 9, WARN: 13, ERROR: 17 } as const;
type Severity = keyof typeof SEVERITY;

type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number };

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Log records as OTLP/JSON, one ExportLogsServiceRequest a line: what a Collector's
 * `otlpjsonfile` receiver reads, and what its HTTP receiver takes line by line. Messages are
 * told as totals at the close; findings are records of their own.
 */
export function* otlpTexts(
  header: LogHeader,
  events: Iterable<SessionEvent>,
  diagnosis: Diagnosis,
): Generator<string> {
  const start = Date.parse(header.startedAt);
  const { generator } = header;
  const resource = {
    attributes: keyValues({
      'service.name': 'websocket-close-inspector',
      'service.version': generator?.version,
      'browser.name': generator?.browser,
      ...Object.fromEntries(
        Object.entries(header.labels ?? {}).map(([name, text]) => [`label.${name}`, text]),
      ),
    }),
  };
  const scope = { name: 'websocket-session-log', version: String(header.version) };
  let logRecords: object[] = [];
  const request = (): string =>
    `${JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] })}\n`;
  for (const record of records(events, diagnosis, start)) {
    if (record === undefined) {
      yield PAUSE;
      continue;
    }
    logRecords.push(record);
    if (logRecords.length < BATCH) continue;
    yield request();
    logRecords = [];
  }
  if (logRecords.length > 0) yield request();
}

/** Messages passed over that are as much work as one record. */
const RECORD_WORK = 100;
/** As much work in messages between two breaths: some milliseconds. */
const STEP = 5_000;

/** Undefined now and then: a breath may be drawn. */
function* records(
  events: Iterable<SessionEvent>,
  diagnosis: Diagnosis,
  start: number,
): Generator<object | undefined> {
  let work = 0;
  for (const event of events) {
    const isMessage = event.type === 'send' || event.type === 'receive';
    if (!isMessage) yield eventRecord(event, diagnosis, start);
    work += isMessage ? 1 : RECORD_WORK;
    if (work < STEP) continue;
    work = 0;
    yield undefined;
  }
  for (const finding of diagnosis.findings) {
    if (finding.verdict === 'failed' || finding.verdict === 'needs-review') {
      yield findingRecord(finding, start);
    }
  }
}

function eventRecord(event: SessionEvent, diagnosis: Diagnosis, start: number): object {
  const id = 'socket' in event ? event.socket : undefined;
  const socket = id === undefined ? undefined : diagnosis.sockets.get(id);
  const common: Attributes = {
    'websocket.socket': id,
    'url.full': socket?.url,
    'websocket.endpoint': id === undefined ? undefined : diagnosis.chainOf(id)?.endpoint,
  };
  const record = (severity: Severity, body: string, more: Attributes = {}): object =>
    logRecord(event.t, start, severity, `websocket.${event.type.replaceAll('-', '_')}`, body, {
      ...common,
      ...more,
    });
  switch (event.type) {
    case 'close': {
      const normal = event.code === 1000 || event.code === 1005;
      return record(normal ? 'INFO' : 'WARN', `close ${event.code} ${event.reason}`.trimEnd(), {
        'websocket.close.code': event.code,
        'websocket.close.reason': event.reason,
        'websocket.close.was_clean': event.wasClean,
        'websocket.close.by': socket?.closedBy,
        'websocket.lived_ms': socket && event.t - beginningOf(socket),
        'websocket.sent.messages': socket?.sent.messages,
        'websocket.sent.bytes': socket?.sent.bytes,
        'websocket.received.messages': socket?.received.messages,
        'websocket.received.bytes': socket?.received.bytes,
      });
    }
    case 'close-called':
      return record(event.error === undefined ? 'INFO' : 'WARN', 'close() called', {
        'websocket.close.code': event.code,
        'websocket.close.reason': event.reason,
        'exception.type': event.error,
      });
    case 'open':
      return record('INFO', 'open', {
        'websocket.subprotocol': event.protocol,
        'websocket.extensions': event.extensions,
      });
    case 'handshake':
      return record('INFO', `handshake ${handshakeStatus(event)} ${event.error ?? ''}`.trim(), {
        'url.full': socket?.url ?? event.url,
        'http.response.status_code': handshakeStatus(event),
        'error.message': event.error,
      });
    case 'page':
      return record('INFO', `page ${event.state}`, { 'page.state': event.state });
    case 'dropped':
      return record('WARN', `${event.count} events dropped`, { 'dropped.count': event.count });
    case 'error':
      return record('WARN', 'error');
    case 'drill':
      return record('INFO', `drill ${event.kind}`, { 'drill.kind': event.kind });
    default:
      return record('INFO', event.type);
  }
}

function findingRecord(finding: Finding, start: number): object {
  const cause = finding.causes?.[0];
  return logRecord(
    finding.at,
    start,
    finding.verdict === 'failed' ? 'ERROR' : 'WARN',
    'websocket.finding',
    `${finding.verdict}: ${finding.rule}`,
    {
      'finding.rule': finding.rule,
      'finding.verdict': finding.verdict,
      'websocket.endpoint': finding.endpoint,
      'websocket.socket': finding.sockets[0],
      'finding.sockets': finding.sockets.length,
      'finding.cause': cause?.cause,
      'finding.confidence': cause?.confidence,
    },
  );
}

function logRecord(
  t: number,
  start: number,
  severity: Severity,
  eventName: string,
  body: string,
  attributes: Attributes,
): object {
  const nanos = nanoseconds(start, t);
  return {
    timeUnixNano: nanos,
    observedTimeUnixNano: nanos,
    severityNumber: SEVERITY[severity],
    severityText: severity,
    eventName,
    body: { stringValue: wellFormed(body) },
    // Stores from before version 1.5 of the protocol know an event's name only as an attribute.
    attributes: keyValues({ 'event.name': eventName, ...attributes }),
  };
}

/** The protocol counts from 1970 to 2554; for any other time it has the 0 of “unknown”. */
function nanoseconds(start: number, t: number): string {
  const nanos = BigInt(start) * 1_000_000n + BigInt(Math.round(t * 1e6));
  return nanos === BigInt.asUintN(64, nanos) ? String(nanos) : '0';
}

function keyValues(attributes: Attributes): KeyValue[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

/** Protocol buffers in JSON: a 64-bit integer is a string. */
function anyValue(value: string | number | boolean): AnyValue {
  if (typeof value === 'string') return { stringValue: wellFormed(value) };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** A Collector refuses text that is not UTF-8. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
