import type { SocketRecord } from '../../model/socket.ts';
import type { CauseId } from '../types.ts';
import { observeBehaviour, type Signal } from './behaviour.ts';
import { BASE } from './causes.ts';
import { codePrior, HTTP_STATUS } from './codes.ts';
import { COMPILED, type Compiled } from './compositions.ts';
import { findProduct, type ProductMatch } from './products/index.ts';
import type { Concept } from './reason/concepts.ts';
import type { Match } from './reason/matcher.ts';
import { type ReadReason, readReason } from './reason/read.ts';
import type { CloseContext } from './types.ts';

/** What one part of the evidence adds to one cause. */
export interface Contribution {
  readonly from: 'reason' | 'number' | 'code' | 'behaviour' | 'product' | 'preview';
  readonly cause: CauseId;
  readonly weight: number;
  readonly matches?: readonly Match[];
  readonly number?: number;
  readonly signal?: Signal;
}

/** A close taken apart: named features for learned weights, and hand-made contributions. */
export interface Features {
  readonly reason: ReadReason;
  readonly preview: ReadReason | undefined;
  readonly product: ProductMatch | undefined;
  readonly signals: readonly Signal[];
  readonly contributions: readonly Contribution[];
  /** Names that learned weights are kept under; each holds with value 1. */
  readonly names: readonly string[];
  /** The reason says nothing that the lexicons or tables know. */
  readonly wordless: boolean;
}

const PRODUCT_WEIGHT = { recognised: 7, alone: 6 };
/** Words of a message are weaker evidence than words of the close itself. */
const PREVIEW_FACTOR = 0.55;
/** Beside clear words, weak behaviour only breaks ties. */
const BEHAVIOUR_BESIDE_WORDS = 0.5;
const BEHAVIOUR_ALONE = 1.5;

function holds(rule: Compiled, concepts: ReadonlySet<Concept>): boolean {
  for (const concept of rule.all) if (!concepts.has(concept)) return false;
  for (const concept of rule.none) if (concepts.has(concept)) return false;
  return true;
}

function sayingOf(rule: Compiled, reason: ReadReason): Match[] {
  return reason.matches.filter((match) => match.concepts.some((c) => rule.all.includes(c)));
}

/** 401, 4401 and 40142 all start from HTTP's 401. */
function httpStatusIn(number: number): number | undefined {
  if (number >= 400 && number < 600) return number;
  if (number >= 4400 && number < 4600) return number - 4000;
  if (number >= 40000 && number < 60000) return Math.floor(number / 100);
  return undefined;
}

/** The last thing the server said before it closed, where previews were recorded. */
function lastWords(socket: SocketRecord): string | undefined {
  const closeAt = socket.closeAt ?? socket.lastAt;
  for (let at = socket.recent.length - 1; at >= 0; at--) {
    const run = socket.recent[at];
    if (run?.direction !== 'receive') continue;
    if (closeAt - run.to > 2000 || run.preview === undefined) return undefined;
    return /err|fail|den|forbid|unauth|invalid|kick|ban|limit|close|expire|disconnect|reject|"code"/i.test(
      run.preview,
    )
      ? run.preview.slice(0, 500)
      : undefined;
  }
  return undefined;
}

export function takeApart(context: CloseContext): Features {
  const { socket } = context;
  const reason = readReason(socket.reason ?? '');
  const words = lastWords(socket);
  const preview = words === undefined ? undefined : readReason(words);
  const product = findProduct(socket);
  const signals = observeBehaviour(context);
  const contributions: Contribution[] = [];
  const names = new Set<string>(['base', `code:${codeGroup(socket.code)}`]);

  for (const [cause, weight] of Object.entries(codePrior(socket.code ?? 1005))) {
    contributions.push({ from: 'code', cause: cause as CauseId, weight });
  }
  let statuses = 0;
  for (const number of reason.numbers) {
    const status = httpStatusIn(number);
    if (status === undefined) continue;
    for (const [cause, weight] of Object.entries(HTTP_STATUS[status] ?? {})) {
      statuses += 1;
      contributions.push({ from: 'number', cause: cause as CauseId, weight, number });
    }
  }
  for (const concept of reason.concepts) names.add(`say:${concept}`);
  for (const rule of COMPILED) {
    if (holds(rule, reason.concepts)) {
      names.add(`say:${rule.name}`);
      contributions.push({
        from: 'reason',
        cause: rule.cause,
        weight: rule.weight,
        matches: sayingOf(rule, reason),
      });
    }
    if (preview !== undefined && holds(rule, preview.concepts)) {
      contributions.push({
        from: 'preview',
        cause: rule.cause,
        weight: rule.weight * PREVIEW_FACTOR,
        matches: sayingOf(rule, preview),
      });
    }
  }
  const wordless = statuses === 0 && reason.concepts.size === 0;
  if (wordless) names.add(reason.text === '' ? 'wordless:empty' : 'wordless:opaque');
  if (product !== undefined) {
    const weight = product.recognised ? PRODUCT_WEIGHT.recognised : PRODUCT_WEIGHT.alone;
    contributions.push({ from: 'product', cause: product.cause, weight });
  }
  const factor = wordless ? BEHAVIOUR_ALONE : BEHAVIOUR_BESIDE_WORDS;
  for (const signal of signals) {
    names.add(`see:${signal.id}`);
    const share = signal.strong === true ? Math.max(factor, 0.8) : factor;
    for (const [cause, weight] of Object.entries(signal.weights)) {
      contributions.push({
        from: 'behaviour',
        cause: cause as CauseId,
        weight: weight * share,
        signal,
      });
    }
  }
  return { reason, preview, product, signals, contributions, names: [...names], wordless };
}

/** Codes that are met often stand for themselves; of the rest only their range. */
function codeGroup(code: number | undefined): string {
  if (code === undefined) return 'none';
  if (code < 3000) return String(code);
  return code < 4000 ? '3xxx' : '4xxx';
}

/** Log-odds per cause, before they are made into confidences. */
export function handScores(features: Features): Map<CauseId, number> {
  const scores = new Map<CauseId, number>(Object.entries(BASE) as [CauseId, number][]);
  for (const { cause, weight } of features.contributions) {
    scores.set(cause, (scores.get(cause) ?? 0) + weight);
  }
  return scores;
}
