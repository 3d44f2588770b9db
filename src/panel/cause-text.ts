import type { Cause, CauseId } from '../rules/types.ts';
import { words } from './words.ts';

/** A cause in a few words. */
export function causeText(cause: CauseId): string {
  const { t, has } = words.value;
  const id = `cause_${cause.replaceAll('-', '_')}`;
  const key = [`${id}_title`, `${id}_name`, id].find((one) => has(one));
  return key === undefined ? cause : t(key);
}

const LIKELY = 0.3;

/** Below this an advice for the cause would be a guess. */
export function isLikely(cause: Cause | undefined): boolean {
  return cause !== undefined && cause.cause !== 'unknown' && cause.confidence >= LIKELY;
}

/** What a cause means, or what to do about it; '' where nothing is said. */
export function causeMore(cause: CauseId, part: 'meaning' | 'fix'): string {
  const { t, has } = words.value;
  const id = `cause_${cause.replaceAll('-', '_')}_${part}`;
  return has(id) ? t(id) : '';
}
