import type { CauseId } from '../types.ts';

/** Corrections to the hand-made weights, per feature. */
export const LEARNED: Readonly<Record<string, Readonly<Partial<Record<CauseId, number>>>>> = {};

/** Log-odds are divided by this before they become confidences. */
export const TEMPERATURE = 0.8;
