import { type Message, message } from '../../model/message.ts';
import { remembering } from '../latest.ts';
import type { CauseId } from '../types.ts';
import type { Contribution, Features } from './features.ts';
import type { Concept } from './reason/concepts.ts';
import type { Match } from './reason/matcher.ts';
import type { ReadReason } from './reason/read.ts';

const QUOTE = 90;
const MOST = 4;

const shortened = remembering((text) => {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean.length <= QUOTE ? clean : `${clean.slice(0, QUOTE - 1)}…`;
});

/** The matched phrases as the server wrote them where they are found so, else as read. */
function quoted(matches: readonly Match[], original: string): string {
  const lower = original.toLowerCase();
  const phrases: string[] = [];
  for (const { phrase } of matches) {
    const at = lower.indexOf(phrase);
    const text = at < 0 ? phrase : original.slice(at, at + phrase.length);
    if (!phrases.includes(text)) phrases.push(text);
  }
  return phrases.join(' … ');
}

/** The phrases that the contributions rest on, in the text's order. */
function phrasesOf(contributions: readonly Contribution[], text: ReadReason): Match[] {
  const concepts = new Set<Concept>();
  for (const { weight, rule } of contributions) {
    if (weight > 0) for (const concept of rule?.all ?? []) concepts.add(concept);
  }
  return text.matches.filter((match) => match.concepts.some((concept) => concepts.has(concept)));
}

/** What speaks for a cause, by where it comes from. */
interface Speakers {
  readonly reason: Contribution[];
  readonly preview: Contribution[];
  readonly behaviour: Contribution[];
  /** The strongest. */
  number: Contribution | undefined;
  handshake: Contribution | undefined;
  /** The first. */
  product: Contribution | undefined;
  code: Contribution | undefined;
}

function speakersFor(cause: CauseId, contributions: readonly Contribution[]): Speakers {
  const found: Speakers = {
    reason: [],
    preview: [],
    behaviour: [],
    number: undefined,
    handshake: undefined,
    product: undefined,
    code: undefined,
  };
  for (const each of contributions) {
    if (each.cause !== cause || each.weight <= 0) continue;
    const { from } = each;
    if (from === 'reason' || from === 'preview' || from === 'behaviour') found[from].push(each);
    else if (from === 'number' || from === 'handshake') {
      if (each.weight > (found[from]?.weight ?? 0)) found[from] = each;
    } else found[from] ??= each;
  }
  return found;
}

function weightOf(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, each) => sum + each.weight, 0);
}

/** What speaks for a cause, in words, weightiest first. */
export function evidenceFor(
  cause: CauseId,
  features: Features,
  socket: { readonly code?: number; readonly reason?: string },
  most = MOST,
): Message[] {
  const said: { weight: number; message: Message }[] = [];
  const own = speakersFor(cause, features.contributions);
  const reason = socket.reason ?? '';
  if (own.reason.length > 0) {
    const words = quoted(phrasesOf(own.reason, features.reason), reason);
    const whole = shortened(reason);
    said.push({
      weight: weightOf(own.reason),
      message:
        words.length * 2 > whole.length || whole.length <= 40
          ? message('evidence_reason', { reason: whole })
          : message('evidence_reason_words', { words, reason: whole }),
    });
    if (features.reason.truncated)
      said.push({ weight: 0.4, message: message('evidence_reason_cut') });
  }
  if (own.number?.number !== undefined) {
    const { weight, number } = own.number;
    said.push({ weight, message: message('evidence_reason_number', { number }) });
  }
  if (own.handshake?.number !== undefined) {
    const { weight, number: status } = own.handshake;
    said.push({ weight, message: message('evidence_closed_by_http', { status }) });
  }
  if (own.product !== undefined && features.product !== undefined) {
    said.push({
      weight: own.product.weight,
      message: message('evidence_product', {
        product: features.product.product,
        code: socket.code ?? 0,
      }),
    });
  }
  if (own.preview.length > 0 && features.preview !== undefined) {
    said.push({
      weight: weightOf(own.preview),
      message: message('evidence_last_message', {
        words: shortened(quoted(phrasesOf(own.preview, features.preview), '')),
      }),
    });
  }
  for (const { weight, signal } of own.behaviour) {
    if (signal !== undefined) said.push({ weight, message: signal.evidence });
  }
  if (own.code !== undefined && (own.code.weight >= 1 || said.length === 0)) {
    said.push({
      weight: own.code.weight * 0.9,
      message: message('evidence_code', { code: socket.code ?? 0 }),
    });
  }
  if (features.wordless) {
    said.push({
      weight: -1,
      message:
        reason.trim() === ''
          ? message('evidence_reason_empty')
          : message('evidence_reason_opaque', { reason: shortened(reason) }),
    });
  }
  if (said.length === 0) said.push({ weight: 0, message: message('evidence_neighbour') });
  if (said.length > 1) said.sort((a, b) => b.weight - a.weight);
  return said.slice(0, most).map((each) => each.message);
}
