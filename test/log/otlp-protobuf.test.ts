import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { headerOf, otlpTexts } from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { eventOfEveryType, SMALL } from './samples.ts';

/** The part of a message type of protobuf.js that is used here. */
interface MessageType {
  fromObject(json: object): object;
  verify(message: object): string | null;
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
  toObject(message: object, options: { longs: typeof String }): object;
}

// What protobuf.js made of opentelemetry-proto for OpenTelemetry's own exporters. Later versions
// of the package no longer have it.
const { opentelemetry } = createRequire(import.meta.url)(
  '@opentelemetry/otlp-transformer/build/src/generated/root.js',
);
const Request: MessageType = opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;

/** Through the wire format and back. What the protocol does not know does not come back. */
function received(json: object): object {
  const message = Request.fromObject(json);
  expect(Request.verify(message)).toBe(null);
  return Request.toObject(Request.decode(Request.encode(message).finish()), { longs: String });
}

describe("OTLP/JSON by OpenTelemetry's own messages", () => {
  const early: SessionEvent = { t: -2e12, type: 'end' };
  const sessions: [string, readonly SessionEvent[]][] = [
    ['a session', SMALL.events],
    ['every event', eventOfEveryType],
    ['a time before 1970', [early]],
  ];

  it.each(sessions)('%s arrives as it was sent', (_name, events) => {
    const header = { ...headerOf(SMALL), labels: { release: '1.2.3 thử' } };
    const lines = [...otlpTexts(header, events, diagnose(events))].filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(received(JSON.parse(line))).toEqual(JSON.parse(line));
  });

  it('would not arrive with a wrong name', () => {
    const wrong = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ event_name: 'x' }] }] }] };
    expect(received(wrong)).not.toEqual(wrong);
  });
});
