/**
 * Log-odds are divided by this before they become confidences. Chosen on the
 * corpora (`npm run bench:causes`) so that answers of 0.8 and more are wrong in
 * about 3 % and are at least half of all.
 */
export const TEMPERATURE = 0.73;

/** From this share on, answers are right about 97 times in a hundred. */
export const SURE = 0.8;
/** How much faster than the share the confidence grows from `SURE` on. */
export const STRETCH = 1.6;
