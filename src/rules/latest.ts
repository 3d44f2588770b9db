/** Asked for more than this, the oldest answers are forgotten. */
const KEPT = 256;

/** The same function, which remembers its answers to the latest few texts: servers repeat their reasons. */
export function remembering<V>(make: (text: string) => V): (text: string) => V {
  const kept = new Map<string, V>();
  return (text) => {
    if (kept.has(text)) return kept.get(text)!;
    const made = make(text);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value as string);
    kept.set(text, made);
    return made;
  };
}
