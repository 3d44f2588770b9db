const PIECE = 64 * 1024;

/** A line of no text: its maker has worked for a while, and a breath may be drawn. */
export const PAUSE = '';

/** Gathers lines into pieces of about 64 KiB of UTF-8. */
export async function* encodedPieces(
  lines: Iterable<string>,
  breathe?: () => Promise<void> | void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let gathered: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (line === PAUSE) {
      await breathe?.();
      continue;
    }
    gathered.push(line);
    length += line.length;
    if (length < PIECE) continue;
    yield encoder.encode(gathered.join(''));
    await breathe?.();
    gathered = [];
    length = 0;
  }
  if (length > 0) yield encoder.encode(gathered.join(''));
}

/** The pieces through the platform's gzip, no faster than they are taken. */
export async function* gzipped(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream('gzip');
  const writer = writable.getWriter();
  const fed = (async () => {
    try {
      for await (const piece of pieces) await writer.write(piece);
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
    }
  })();
  const reader = readable.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value as Uint8Array<ArrayBuffer>;
    }
  } finally {
    await reader.cancel().catch(() => {});
    await fed;
  }
}
