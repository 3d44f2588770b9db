/** What a Date can hold on either side of 1970, in milliseconds. */
export const MOST_MS = 8.64e15;

/** RFC 3339: the form of ISO 8601 with date, time and zone. */
export const DATE_TIME =
  '^\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$';
const PATTERN = new RegExp(DATE_TIME);

/** HAR, CSV and databases write a year in four digits. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** A moment of the years 0 to 9999, in milliseconds since 1970. */
export function isMoment(ms: number): boolean {
  return ms >= FIRST && ms <= LAST;
}

/** A date that exists, with its time and zone. */
export function isDateTime(value: unknown): value is string {
  if (typeof value !== 'string' || !PATTERN.test(value)) return false;
  const day = value.slice(0, 10);
  // Some engines take the 30th of February for the 2nd of March.
  const midnight = new Date(`${day}T00:00:00Z`);
  return isMoment(Date.parse(value)) && midnight.toISOString().startsWith(day);
}
