import { handshakeStatus } from '../../model/handshake-status.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { withoutSecretsOf } from '../../model/url-secrets.ts';
import type { CauseId } from '../types.ts';
import { observeBehaviour, type Signal } from './behaviour/index.ts';
import { codePrior, HTTP_STATUS } from './codes.ts';
import type { Compiled } from './compositions.ts';
import { findProduct, type ProductMatch } from './products/index.ts';
import type { ReadReason } from './reason/read.ts';
import type { CloseContext } from './types.ts';
import { weightsOf } from './weights.ts';
import { wordsOf } from './words.ts';

/** What one part of the evidence adds to one cause. */
export interface Contribution {
  readonly from: 'reason' | 'number' | 'handshake' | 'code' | 'behaviour' | 'product' | 'preview';
  readonly cause: CauseId;
  readonly weight: number;
  /** The composition that holds, where words spoke. */
  readonly rule?: Compiled;
  readonly number?: number;
  readonly signal?: Signal;
}

/** A close taken apart into what speaks for and against each cause. */
export interface Features {
  readonly reason: ReadReason;
  readonly preview: ReadReason | undefined;
  readonly product: ProductMatch | undefined;
  readonly signals: readonly Signal[];
  readonly contributions: readonly Contribution[];
  /** The reason says nothing that the lexicons or tables know. */
  readonly wordless: boolean;
}

const PRODUCT_WEIGHT = { recognised: 7, alone: 6 };
/** Words of a message are weaker evidence than words of the close itself. */
const PREVIEW_FACTOR = 0.7;
/** The status of a refused handshake is HTTP's own, where a number in a reason is borrowed. */
const HANDSHAKE_FACTOR = 1.4;
/** Beside clear words, weak behaviour only breaks ties. */
const BEHAVIOUR_BESIDE_WORDS = 0.4;
const BEHAVIOUR_ALONE = 1.5;
/** Codes that servers use for everything: their usual meaning fades beside words. */
const GENERIC_CODES: ReadonlySet<number> = new Set([1000, 1001, 1008, 4000, 4001, 4003]);
const GENERIC_BESIDE_WORDS = 0.5;

const CREDENTIALS: readonly CauseId[] = ['auth-missing', 'auth-invalid', 'auth-expired'];
const OF_THE_SERVER = new Set<CauseId>([...CREDENTIALS, 'forbidden-origin', 'idle-timeout']);
/** A server that restarts or is busy says so in these codes: a round age or silence says little beside. */
const SPOKEN_AGAINST: Readonly<Record<number, ReadonlySet<CauseId>>> = {
  1001: new Set(CREDENTIALS),
  1012: OF_THE_SERVER,
  1013: OF_THE_SERVER,
};
const AGAINST_THE_CODE = 0.25;

/** The last thing the server said before it closed, where previews were recorded. */
function lastWords(socket: SocketRecord): string | undefined {
  if (!socket.recent.hasPreviews) return undefined;
  const closeAt = socket.closeAt ?? socket.lastAt;
  for (let at = socket.recent.length - 1; at >= 0; at--) {
    const run = socket.recent.at(at);
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
  const reason = wordsOf(withoutSecretsOf(socket.url, socket.reason ?? ''));
  const said = lastWords(socket);
  const preview = said === undefined ? undefined : wordsOf(withoutSecretsOf(socket.url, said));
  const product = findProduct(socket);
  const signals = observeBehaviour(context);
  const contributions: Contribution[] = [...reason.numbers];
  const refused = socket.openAt === undefined ? handshakeStatus(socket.handshake) : 0;
  for (const [cause, weight] of weightsOf(HTTP_STATUS[refused])) {
    contributions.push({
      from: 'handshake',
      cause,
      weight: weight * HANDSHAKE_FACTOR,
      number: refused,
    });
  }
  const statuses = contributions.length > 0;
  contributions.push(...reason.sayings);
  for (const { cause, weight, rule } of preview?.sayings ?? []) {
    contributions.push({ from: 'preview', cause, weight: weight * PREVIEW_FACTOR, rule });
  }
  const spoken = contributions.length > 0;
  const ownCode = socket.code ?? 1005;
  const trust = spoken && GENERIC_CODES.has(ownCode) ? GENERIC_BESIDE_WORDS : 1;
  for (const [cause, weight] of weightsOf(codePrior(ownCode))) {
    contributions.push({ from: 'code', cause, weight: weight * trust });
  }
  const wordless = !statuses && reason.text.concepts.size === 0;
  if (product !== undefined) {
    const weight = product.recognised ? PRODUCT_WEIGHT.recognised : PRODUCT_WEIGHT.alone;
    contributions.push({ from: 'product', cause: product.cause, weight });
  }
  const factor = wordless && !spoken ? BEHAVIOUR_ALONE : BEHAVIOUR_BESIDE_WORDS;
  const speltOut = SPOKEN_AGAINST[ownCode];
  for (const signal of refused >= 400 ? [] : signals) {
    const share = signal.strong === true ? Math.max(factor, 0.8) : factor;
    const { weights } = signal;
    for (const name in weights) {
      const cause = name as CauseId;
      const weight = weights[cause]!;
      const against = weight > 0 && speltOut?.has(cause) === true;
      contributions.push({
        from: 'behaviour',
        cause,
        weight: weight * share * (against ? AGAINST_THE_CODE : 1),
        signal,
      });
    }
  }
  return {
    reason: reason.text,
    preview: preview?.text,
    product,
    signals,
    contributions,
    wordless,
  };
}
