/** Texts of one language, by message id; `$NAME$` marks a placeholder, `$$` a dollar sign. */
export type Messages = ReadonlyMap<string, string>;

/**
 * Reads a parsed `messages.json` of the extension platform. Never throws:
 * entries of another shape are left out, so that one bad text costs one text.
 * Placeholders are named in the text itself; their `$1` numbers serve only
 * the platform's own `i18n.getMessage` and are not needed here.
 */
export function parseMessages(json: unknown): Messages {
  const messages = new Map<string, string>();
  if (typeof json !== 'object' || json === null) return messages;
  for (const [id, entry] of Object.entries(json)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const text: unknown = (entry as { message?: unknown }).message;
    if (typeof text === 'string') messages.set(id, text);
  }
  return messages;
}
