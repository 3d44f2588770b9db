/** The languages with a folder in `_locales`; the first is the platform's default. */
export const LOCALES = ['en', 'vi'] as const;

/**
 * The best of `available` for a wanted language tag (`vi-VN`, `en_US`, `vi`):
 * the same tag, else the same language, else English, else the first there is.
 * Letter case and `_` or `-` do not matter.
 */
export function pickLocale(wanted: string, available: readonly string[] = LOCALES): string {
  const asked = normal(wanted);
  const language = asked.split('-')[0];
  return (
    available.find((tag) => normal(tag) === asked) ??
    available.find((tag) => normal(tag).split('-')[0] === language) ??
    available.find((tag) => normal(tag) === 'en') ??
    available[0] ??
    'en'
  );
}

function normal(tag: string): string {
  return tag.replaceAll('_', '-').toLowerCase();
}
