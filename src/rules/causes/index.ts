import type { Cause } from '../types.ts';
import { evidenceFor } from './evidence.ts';
import { takeApart } from './features.ts';
import { rank } from './ranking.ts';
import type { ExplainClose } from './types.ts';

const MOST_CAUSES = 5;
/** Causes less likely than this are left out, unless they are the best there is. */
const LEAST = 0.004;

/**
 * Why a server closed a socket: ranked causes, best first, never empty, at most
 * five, with calibrated confidence and the evidence in words. Pure; never throws.
 */
export const explainClose: ExplainClose = (context) => {
  const features = takeApart(context);
  const ranked = rank(features.contributions, MOST_CAUSES);
  const causes: Cause[] = [];
  for (const [cause, share] of ranked) {
    if (causes.length >= 1 && share < LEAST) break;
    causes.push({
      cause,
      confidence: Math.round(share * 1000) / 1000,
      evidence: evidenceFor(cause, features, context.socket, causes.length === 0 ? 4 : 2),
    });
  }
  return causes;
};
