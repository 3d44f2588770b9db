import type { Outcome } from '../facts.ts';

/** The mark of a code, the same as that of a socket which it ended. */
export function outcomeOfCode(code: number): Outcome {
  if (code === 1000 || code === 1005) return 'normal';
  if (code === 1001 || (code >= 1012 && code <= 1014)) return 'leaving';
  if (code === 1006 || code === 1015) return 'broken';
  if (code === 3000 || code === 3003 || code === 3008) return 'refused';
  return code >= 3000 ? 'application' : 'refused';
}
