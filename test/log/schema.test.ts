import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { FieldName } from '../../src/log/fields.ts';
import { LogError, readLog } from '../../src/log/index.ts';
import { logSchema } from '../../src/log/schema.ts';
import type { SessionEvent, SessionEventType } from '../../src/model/events.ts';
import { eventOfEveryType, fieldsNotCovered, SMALL } from './samples.ts';

const ajv = new Ajv2020({
  allErrors: false,
  strict: true,
  strictRequired: false,
  strictTypes: false,
});
addFormats(ajv);
const validate = ajv.compile(logSchema());

/** `send` and `receive` share one type. */
type EventOf<T extends SessionEventType, E = SessionEvent> = E extends { type: infer U }
  ? T extends U
    ? E
    : never
  : never;
type FieldsOf<T extends SessionEventType> = Exclude<keyof EventOf<T>, 'type'>;
type NotInTable = { [T in SessionEventType]: Exclude<FieldsOf<T>, FieldName<T>> }[SessionEventType];
type NotInTypes = { [T in SessionEventType]: Exclude<FieldName<T>, FieldsOf<T>> }[SessionEventType];

describe('the JSON Schema of version 1', () => {
  it('is in the repository as the table of fields gives it', async () => {
    const text = `${JSON.stringify(logSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../schema/session-log-1.schema.json');
  });

  it('names the fields that the types name', () => {
    expectTypeOf<NotInTable>().toBeNever();
    expectTypeOf<NotInTypes>().toBeNever();
  });

  it('accepts every event with every field', () => {
    expect(fieldsNotCovered()).toEqual([]);
    expect(validate({ ...SMALL, events: eventOfEveryType }) || validate.errors).toBe(true);
  });

  // One value of every field is made wrong: the schema and the reader have to agree.
  const wrong = eventOfEveryType.flatMap((event) =>
    Object.entries(event)
      .filter(([name]) => name !== 'type')
      .flatMap(([name, value]) =>
        [typeof value === 'number' ? String(value) : 17, ['x'], -1.5, 1e16].map((bad) => ({
          name: `${event.type}.${name} = ${JSON.stringify(bad)}`,
          log: { ...SMALL, events: [{ ...event, [name]: bad }] },
        })),
      ),
  );
  it.each(wrong)('agrees with the reader on $name', async ({ log }) => {
    const read = await readLog(JSON.stringify(log)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof LogError) return false;
        throw error;
      },
    );
    expect(validate(log)).toBe(read);
  });

  it.each([
    '2026-01-31T09:30:00Z',
    '2026-01-31T09:30:00.123456+07:00',
    '2026-01-31 09:30:00Z',
    '2026-01-31t09:30:00z',
    '2026-01-31T09:30:00',
    '2026-01-31T09:30:00+0700',
    '2026-01-31T24:00:00Z',
    '2026-02-29T09:30:00Z',
    'Sat, 31 Jan 2026 09:30:00 GMT',
    '1',
  ])('agrees with the reader on startedAt = %s', async (startedAt) => {
    const log = { ...SMALL, startedAt };
    const read = await readLog(JSON.stringify(log)).then(
      () => true,
      () => false,
    );
    expect(validate(log)).toBe(read);
  });

  it('agrees with the reader on missing fields', async () => {
    for (const event of eventOfEveryType) {
      for (const name of Object.keys(event).filter((one) => one !== 'type')) {
        const log = { ...SMALL, events: [{ ...event, [name]: undefined }] };
        const text = JSON.stringify(log);
        const read = await readLog(text).then(
          () => true,
          () => false,
        );
        expect(`${event.type}.${name} ${validate(JSON.parse(text))}`).toBe(
          `${event.type}.${name} ${read}`,
        );
      }
    }
  });
});
