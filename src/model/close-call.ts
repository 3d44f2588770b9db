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

/** Name of what such a call throws; `Error` where it lies in neither, but in the page's own conversions. */
export function closeCallError(code: number | undefined, reason: string | undefined): string {
  switch (closeCallFault(code, reason)?.part) {
    case 'code':
      return 'InvalidAccessError';
    case 'reason':
      return 'SyntaxError';
    default:
      return 'Error';
  }
}
