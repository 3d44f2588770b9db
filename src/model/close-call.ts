import { scriptMaySend } from './close-codes.ts';

/** Bytes of UTF-8 that a close frame can carry beside the code (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123;

const utf8 = new TextEncoder();

/** What of the arguments script may not send (WHATWG WebSockets, `close()`, steps 1 and 2). */
export type CloseCallFault =
  | { readonly part: 'code' }
  | { readonly part: 'reason'; readonly bytes: number };

/** @param reason in whatever length the page gave it */
export function closeCallFault(
  code: number | undefined,
  reason: string | undefined,
): CloseCallFault | undefined {
  if (code !== undefined && !scriptMaySend(code)) return { part: 'code' };
  const bytes = reason === undefined ? 0 : utf8.encode(reason).length;
  return bytes > MAX_REASON_BYTES ? { part: 'reason', bytes } : undefined;
}

/** The code that an argument of `close()` stands for ([Clamp] unsigned short of Web IDL). */
export function clampedCode(argument: string | number): number {
  const value = Number(argument);
  if (!(value > 0)) return 0;
  if (value >= 65_535) return 65_535;
  const low = Math.floor(value);
  const over = value - low;
  return over > 0.5 || (over === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/**
 * Name of what such a call throws. Where neither argument is at fault it was without a code an object, such as the event that
 * `onclick = socket.close.bind(socket)` is given, which becomes 0; else it was the page's own conversion.
 */
export function closeCallError(code: number | undefined, reason: string | undefined): string {
  switch (closeCallFault(code, reason)?.part) {
    case 'code':
      return 'InvalidAccessError';
    case 'reason':
      return 'SyntaxError';
    default:
      return code === undefined ? 'InvalidAccessError' : 'Error';
  }
}
