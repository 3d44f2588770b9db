import { message } from '../../model/message.ts';
import { LogError } from '../error.ts';
import type { ReadLimits } from '../json/limits.ts';

/** A file: its text, its bytes, or pieces of either; gzipped or not. A `Blob`'s stream fits. */
export type LogSource =
  | string
  | Uint8Array
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | ReadableStream<Uint8Array>;

/** Bytes or characters handed on at once, so that a caller can draw a breath in between. */
const PIECE = 64 * 1024;

/**
 * The text of a file in pieces. Gzip is known by its first two bytes.
 *
 * @throws LogError for damaged gzip, bytes that are not UTF-8, and more bytes than allowed.
 */
export async function* textOf(source: LogSource, limits: ReadLimits): AsyncGenerator<string> {
  let taken = 0;
  const count = (bytes: number): void => {
    taken += bytes;
    if (taken > limits.maxBytes) {
      throw new LogError(message('log_error_too_big', { maxBytes: limits.maxBytes }), {
        byte: limits.maxBytes,
      });
    }
  };
  const pieces = piecesOf(source)[Symbol.asyncIterator]();
  const first = await pieces.next();
  if (first.done === true) return;
  const rest = withFirst(first.value, pieces);
  if (typeof first.value !== 'string' && first.value[0] === 0x1f && first.value[1] === 0x8b) {
    yield* decoded(gunzipped(rest), count);
  } else yield* decoded(rest, count);
}

async function* decoded(
  pieces: AsyncIterable<Uint8Array | string>,
  count: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let byte = 0;
  for await (const piece of pieces) {
    count(piece.length);
    if (typeof piece === 'string') {
      yield piece;
      continue;
    }
    let text: string;
    try {
      text = decoder.decode(piece, { stream: true });
    } catch {
      throw new LogError(message('log_error_utf8'), { byte: byte + badByte(piece) });
    }
    byte += piece.length;
    if (text !== '') yield text;
  }
  try {
    decoder.decode();
  } catch {
    throw new LogError(message('log_error_truncated'), { byte });
  }
}

/** The first byte that is wrong, found by halving; a sequence cut at the start counts as byte 0. */
function badByte(piece: Uint8Array): number {
  let good = 0;
  let bad = piece.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(piece.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

async function* gunzipped(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  let sourceFailed: unknown;
  const fed = (async () => {
    try {
      for await (const piece of pieces) {
        if (typeof piece === 'string') throw new LogError(message('log_error_gzip'));
        await writer.write(piece as Uint8Array<ArrayBuffer>);
      }
      await writer.close();
    } catch (error) {
      // The reader below sees the same failure, without the reason of the source's own errors.
      sourceFailed = error;
      await writer.abort(error).catch(() => {});
    }
  })();
  const reader = readable.getReader();
  let byte = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      byte += value.length;
      yield value;
    }
  } catch (error) {
    if (error instanceof LogError) throw error;
    await fed;
    if (sourceFailed instanceof LogError) throw sourceFailed;
    throw new LogError(message(gzipFault(error)), { byte });
  } finally {
    await reader.cancel().catch(() => {});
    await fed;
  }
}

/** Chromium, Firefox, Node: the streams have no codes for it. */
const CUT = /input was truncated|without reaching the stream end|unexpected end|BUF_ERROR/i;
const MORE = /junk found after|after the end of stream|TRAILING_JUNK/i;

/** What is wrong with gzip data, by the words of the engine. */
export function gzipFault(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const text = [error, code, cause, (cause as { code?: unknown } | undefined)?.code].join(' ');
  if (CUT.test(text)) return 'log_error_gzip_truncated';
  return MORE.test(text) ? 'log_error_gzip_more' : 'log_error_gzip';
}

async function* withFirst<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

async function* piecesOf(source: LogSource): AsyncGenerator<Uint8Array | string> {
  for await (const piece of wholesOf(source)) {
    for (let from = 0; from < piece.length; from += PIECE) {
      yield typeof piece === 'string'
        ? piece.slice(from, from + PIECE)
        : piece.subarray(from, from + PIECE);
    }
  }
}

async function* wholesOf(source: LogSource): AsyncGenerator<Uint8Array | string> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    yield source;
  } else if ('getReader' in source) {
    // Not every browser that runs this can iterate over a stream.
    const reader = source.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    } finally {
      await reader.cancel().catch(() => {});
      reader.releaseLock();
    }
  } else yield* source;
}
