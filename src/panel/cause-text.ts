import type { CauseId } from '../rules/types.ts';
import { words } from './words.ts';

/** A cause in a few words. */
export function causeText(cause: CauseId): string {
  const { t, has } = words.value;
  const id = `cause_${cause.replaceAll('-', '_')}`;
  const key = [`${id}_title`, `${id}_name`, id].find((one) => has(one));
  return key === undefined ? cause : t(key);
}
