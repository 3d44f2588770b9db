/** Texts that are rightly the same in English and Vietnamese. */
export const EQUAL_IN_BOTH: ReadonlySet<string> = new Set([
  'panel_own_code_hint',
  'appName',
  'unit_ms',
  'unit_b',
  'unit_kb',
  'unit_mb',
  'unit_gb',
  // The panel's tab, by the product's own words.
  'panel_title',
]);

/** Words that Vietnamese developers use as they are. */
const BORROWED = new Set(
  'socket json ndjson har csv otlp markdown gzip url origin token ping null byte proxy worker service shared http tls websocket'.split(
    ' ',
  ),
);

/** The registry's own names stay as they are, and so does a text of borrowed words alone. */
export function isSameByNature(id: string, text: string): boolean {
  if (EQUAL_IN_BOTH.has(id) || /^code_\d+_name$/.test(id)) return true;
  const words = text.replace(/\$\w+\$/g, '').match(/\p{L}+/gu) ?? [];
  return words.every((word) => BORROWED.has(word.toLowerCase()));
}
