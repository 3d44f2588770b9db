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

/** The weightiest of what is said, in order; of equal ones the first. By insertion: few are kept. */
class Weightiest {
  readonly messages: Message[] = [];
  private readonly weights: number[] = [];
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  add(weight: number, said: Message): void {
    const { messages, weights, most } = this;
    let at = weights.length;
    if (at === most && weight <= weights[at - 1]!) return;
    if (at === most) at--;
    for (; at > 0 && weights[at - 1]! < weight; at--) {
      weights[at] = weights[at - 1]!;
      messages[at] = messages[at - 1]!;
    }
    weights[at] = weight;
    messages[at] = said;
  }
}

/** What speaks for a cause, in words, weightiest first. */
export function evidenceFor(
  cause: CauseId,
  features: Features,
  socket: { readonly code?: number; readonly reason?: string },
  most = MOST,
): readonly Message[] {
  const said = new Weightiest(most);
  const own = speakersFor(cause, features.contributions);
  const reason = socket.reason ?? '';
  if (own.reason.length > 0) {
    const words = quoted(phrasesOf(own.reason, features.reason), reason);
    const whole = shortened(reason);
    said.add(
      weightOf(own.reason),
      words.length * 2 > whole.length || whole.length <= 40
        ? message('evidence_reason', { reason: whole })
        : message('evidence_reason_words', { words, reason: whole }),
    );
    if (features.reason.truncated) said.add(0.4, message('evidence_reason_cut'));
  }
  if (own.number?.number !== undefined) {
    const { weight, number } = own.number;
    said.add(weight, message('evidence_reason_number', { number }));
  }
  if (own.handshake?.number !== undefined) {
    const { weight, number: status } = own.handshake;
    said.add(weight, message('evidence_closed_by_http', { status }));
  }
  if (own.product !== undefined && features.product !== undefined) {
    const { product } = features.product;
    said.add(own.product.weight, message('evidence_product', { product, code: socket.code ?? 0 }));
  }
  if (own.preview.length > 0 && features.preview !== undefined) {
    const words = shortened(quoted(phrasesOf(own.preview, features.preview), ''));
    said.add(weightOf(own.preview), message('evidence_last_message', { words }));
  }
  for (const { weight, signal } of own.behaviour) {
    if (signal !== undefined) said.add(weight, signal.evidence);
  }
  if (own.code !== undefined && (own.code.weight >= 1 || said.messages.length === 0)) {
    said.add(own.code.weight * 0.9, message('evidence_code', { code: socket.code ?? 0 }));
  }
  if (features.wordless) {
    said.add(
      -1,
      reason.trim() === ''
        ? message('evidence_reason_empty')
        : message('evidence_reason_opaque', { reason: shortened(reason) }),
    );
  }
  if (said.messages.length === 0) said.add(0, message('evidence_neighbour'));
  return said.messages;
}
