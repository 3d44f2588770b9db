import { type Message, message } from '../../model/message.ts';
import type { CauseId } from '../types.ts';
import type { Contribution, Features } from './features.ts';
import type { Concept } from './reason/concepts.ts';
import type { Match } from './reason/matcher.ts';
import type { ReadReason } from './reason/read.ts';

const QUOTE = 90;
const MOST = 4;

function shortened(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim();
  return clean.length <= QUOTE ? clean : `${clean.slice(0, QUOTE - 1)}…`;
}

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

function strongest(contributions: readonly Contribution[]): Contribution | undefined {
  let best: Contribution | undefined;
  for (const each of contributions)
    if (best === undefined || each.weight > best.weight) best = each;
  return best;
}

/** The phrases that the contributions rest on, in the text's order. */
function phrasesOf(contributions: readonly Contribution[], text: ReadReason): Match[] {
  const concepts = new Set<Concept>();
  for (const { weight, rule } of contributions) {
    if (weight > 0) for (const concept of rule?.all ?? []) concepts.add(concept);
  }
  return text.matches.filter((match) => match.concepts.some((concept) => concepts.has(concept)));
}

/** What speaks for a cause, in words, weightiest first. */
export function evidenceFor(
  cause: CauseId,
  features: Features,
  socket: { readonly code?: number; readonly reason?: string },
  most = MOST,
): Message[] {
  const said: { weight: number; message: Message }[] = [];
  const own = features.contributions.filter((each) => each.cause === cause && each.weight > 0);
  const reason = socket.reason ?? '';
  const ofReason = own.filter((each) => each.from === 'reason');
  if (ofReason.length > 0) {
    const inOrder = phrasesOf(ofReason, features.reason);
    const words = quoted(inOrder, reason);
    const whole = shortened(reason);
    said.push({
      weight: ofReason.reduce((sum, each) => sum + each.weight, 0),
      message:
        words.length * 2 > whole.length || whole.length <= 40
          ? message('evidence_reason', { reason: whole })
          : message('evidence_reason_words', { words, reason: whole }),
    });
    if (features.reason.truncated)
      said.push({ weight: 0.4, message: message('evidence_reason_cut') });
  }
  const number = strongest(own.filter((each) => each.from === 'number'));
  if (number?.number !== undefined) {
    said.push({
      weight: number.weight,
      message: message('evidence_reason_number', { number: number.number }),
    });
  }
  const handshake = strongest(own.filter((each) => each.from === 'handshake'));
  if (handshake?.number !== undefined) {
    said.push({
      weight: handshake.weight,
      message: message('evidence_closed_by_http', { status: handshake.number }),
    });
  }
  const product = own.find((each) => each.from === 'product');
  if (product !== undefined && features.product !== undefined) {
    said.push({
      weight: product.weight,
      message: message('evidence_product', {
        product: features.product.product,
        code: socket.code ?? 0,
      }),
    });
  }
  const preview = own.filter((each) => each.from === 'preview');
  if (preview.length > 0 && features.preview !== undefined) {
    said.push({
      weight: preview.reduce((sum, each) => sum + each.weight, 0),
      message: message('evidence_last_message', {
        words: shortened(quoted(phrasesOf(preview, features.preview), '')),
      }),
    });
  }
  for (const each of own) {
    if (each.from === 'behaviour' && each.signal !== undefined) {
      said.push({ weight: each.weight, message: each.signal.evidence });
    }
  }
  const code = own.find((each) => each.from === 'code');
  if (code !== undefined && (code.weight >= 1 || said.length === 0)) {
    said.push({
      weight: code.weight * 0.9,
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
  said.sort((a, b) => b.weight - a.weight);
  return said.slice(0, most).map((each) => each.message);
}
