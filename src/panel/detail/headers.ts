import { isTellingHeader } from '../../log/index.ts';

/** Headers whose values are shown only when asked for: those that an export takes out. */
export function isSecretHeader(name: string): boolean {
  return !isTellingHeader(name.toLowerCase());
}
