/** Numbers for people, the locale's way. Pure: only `Intl`, which every runtime carries. */
export interface Formats {
  /** At most two decimals; groups only from five digits, so 1008 and 4401 stay as they are. */
  number(value: number): string;
  /** A ratio from 0 to 1: `0.86` reads "86%". */
  percent(ratio: number): string;
  /** Milliseconds: "12 ms", "0.4 s", "14 min 2 s", "3 h 5 min", "2 d 4 h". */
  duration(ms: number): string;
  /** Bytes, in powers of a thousand as DevTools does: "312 B", "1.4 kB". */
  bytes(count: number): string;
  /** "a, b, and c". */
  list(items: readonly string[]): string;
  /** Plural category of a count: `one`, `other`, … */
  plural(count: number): string;
  /** A number whose parameter name tells its unit (`…Ms`, `…Bytes`, `…Percent`). */
  byName(name: string, value: number): string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Texts of the units where a language has none of its own. */
const UNITS: Readonly<Record<string, string>> = {
  unit_ms: '$VALUE$ ms',
  unit_s: '$VALUE$ s',
  unit_min: '$VALUE$ min',
  unit_h: '$VALUE$ h',
  unit_d: '$VALUE$ d',
  unit_b: '$VALUE$ B',
  unit_kb: '$VALUE$ kB',
  unit_mb: '$VALUE$ MB',
  unit_gb: '$VALUE$ GB',
};

type UnitId = keyof typeof UNITS & string;

/** `text` gives the locale's own wording of a unit, if it has one. */
export function createFormats(locale: string, text: (id: string) => string | undefined): Formats {
  const tag = supported(locale);
  const plainNumber = new Intl.NumberFormat(tag, GROUPED);
  const oneDecimal = new Intl.NumberFormat(tag, {
    ...GROUPED,
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const percentage = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' });
  const plurals = new Intl.PluralRules(tag);

  const number = (value: number) => (Number.isFinite(value) ? plainNumber.format(value) : '–');
  const unit = (id: UnitId, written: string) =>
    (text(id) ?? UNITS[id] ?? '$VALUE$').replace('$VALUE$', () => written);

  const pair = (value: number, big: UnitId, size: number, small: UnitId, step: number): string => {
    // Rounded once, to the small unit, so that 59.6 s of a minute carries over.
    const steps = Math.round(value / step);
    const perBig = size / step;
    const first = unit(big, number(Math.floor(steps / perBig)));
    const rest = steps % perBig;
    return rest === 0 ? first : `${first} ${unit(small, number(rest))}`;
  };

  const duration = (ms: number): string => {
    if (!Number.isFinite(ms)) return '–';
    if (ms < 0) return `−${duration(-ms)}`;
    if (ms < 99.5)
      return unit('unit_ms', number(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)));
    if (ms < 9950) {
      return unit(
        'unit_s',
        ms % SECOND === 0 ? number(ms / SECOND) : oneDecimal.format(ms / SECOND),
      );
    }
    if (ms < MINUTE - 500) return unit('unit_s', number(Math.round(ms / SECOND)));
    if (ms < HOUR - 500) return pair(ms, 'unit_min', MINUTE, 'unit_s', SECOND);
    if (ms < DAY - MINUTE / 2) return pair(ms, 'unit_h', HOUR, 'unit_min', MINUTE);
    return pair(ms, 'unit_d', DAY, 'unit_h', HOUR);
  };

  const bytes = (count: number): string => {
    if (!Number.isFinite(count)) return '–';
    if (count < 1000) return unit('unit_b', number(Math.round(count)));
    const steps: readonly [UnitId, number][] = [
      ['unit_kb', 1e3],
      ['unit_mb', 1e6],
      ['unit_gb', 1e9],
    ];
    // 999,960 bytes would read "1,000 kB": the next unit begins where rounding reaches it.
    const [id, size] = steps.find(([, step]) => count < step * 999.5) ?? ['unit_gb', 1e9];
    const value = count / size;
    return unit(id, value < 9.95 ? oneDecimal.format(value) : number(Math.round(value)));
  };

  const percent = (ratio: number) => (Number.isFinite(ratio) ? percentage.format(ratio) : '–');

  return {
    number,
    percent,
    duration,
    bytes,
    list: (items) => lists.format(items),
    plural: (count) => plurals.select(count),
    byName(name, value) {
      if (/(^|[a-z\d_])Ms$|^ms$|_ms$/.test(name)) return duration(value);
      if (/Bytes$|^bytes$|_bytes$/.test(name)) return bytes(value);
      if (/Percent$|^percent$|_percent$/.test(name)) return percent(value);
      return number(value);
    },
  };
}

const GROUPED: Intl.NumberFormatOptions = {
  maximumFractionDigits: 2,
  // Known to the runtimes, not yet to every version of the library types.
  useGrouping: 'min2' as unknown as boolean,
};

function supported(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale.replaceAll('_', '-')])[0] ?? 'en';
  } catch {
    return 'en';
  }
}
