import { message } from '../../model/message.ts';
import { LogError } from '../error.ts';
import { DepthGuard } from '../json/depth.ts';
import type { ReadLimits } from '../json/limits.ts';
import { parseValue } from '../json/value.ts';

export interface Sniffed {
  readonly isHar: boolean;
  /** The file from its start. */
  readonly text: AsyncIterable<string>;
}

/** A session log has no member `log`; a HAR has no other. */
const HAR = /^\ufeff?\s*\{\s*"log"\s*:/;
const ENOUGH = 1024;
/** Characters of a HAR: it is parsed as a whole. */
const HAR_LIMIT = 256 * 2 ** 20;

/** Tells a HAR from a session log by its first characters. */
export async function sniff(pieces: AsyncGenerator<string>): Promise<Sniffed> {
  let head = '';
  while (head.length < ENOUGH) {
    const next = await pieces.next();
    if (next.done === true) break;
    head += next.value;
  }
  return { isHar: HAR.test(head.slice(0, ENOUGH)), text: joined(head, pieces) };
}

async function* joined(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    if (head !== '') yield head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** A file that can only be understood as a whole. */
export async function wholeValue(
  pieces: AsyncIterable<string>,
  limits: ReadLimits,
): Promise<unknown> {
  const parts: string[] = [];
  const most = Math.min(HAR_LIMIT, limits.maxBytes);
  const guard = new DepthGuard(limits.maxDepth);
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length > most) throw new LogError(message('log_error_too_big', { maxBytes: most }));
    guard.push(piece);
  }
  const text = parts.join('');
  const marked = text.startsWith('\ufeff');
  return parseValue(marked ? text.slice(1) : text, { line: 1, column: marked ? 2 : 1 }, {});
}
