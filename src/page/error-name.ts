import { domErrorName } from './natives.ts';

/** Of what the browser threw; the page's own errors may be anything and are not touched. */
export function errorName(error: unknown): string {
  try {
    return domErrorName(error);
  } catch {
    return 'TypeError';
  }
}
