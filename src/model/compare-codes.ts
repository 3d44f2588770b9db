import { CODE_PAIRS } from './close-code-pairs.ts';
import { type CloseCodeEntry, codeText, lookUpCode } from './close-codes.ts';
import { type Message, message } from './message.ts';

const known = new Set(CODE_PAIRS.map(([low, high]) => `${low}_${high}`));

/**
 * What sets two codes apart, in one or two sentences: the sentence written for
 * the pair, where there is one, else what each means and the first of these in
 * which they differ: whether to reconnect, whether they travel, who sends them.
 * Empty for a code and itself.
 */
export function compareCodes(first: number, second: number): readonly Message[] {
  if (first === second) return [];
  const low = Math.min(first, second);
  const high = Math.max(first, second);
  if (known.has(`${low}_${high}`)) return [message(`code_pair_${low}_${high}`)];
  const a = lookUpCode(first);
  const b = lookUpCode(second);
  if (a === b) {
    return [message('code_diff_same_range', { first, second, range: codeText(a, 'name') })];
  }
  const meanings = message('code_diff_meaning', {
    first,
    second,
    one: codeText(a, 'short'),
    other: codeText(b, 'short'),
  });
  const facts = differingFact(a, b, first, second);
  return facts === undefined ? [meanings] : [meanings, facts];
}

function differingFact(
  a: CloseCodeEntry,
  b: CloseCodeEntry,
  first: number,
  second: number,
): Message | undefined {
  const tell = (id: string, of: (entry: CloseCodeEntry) => Message) =>
    message(id, { first, second, one: of(a), other: of(b) });
  if (a.retry !== b.retry) return tell('code_diff_retry', retryText);
  if (a.wire !== b.wire) return tell('code_diff_wire', wireText);
  if (sendersText(a).id !== sendersText(b).id) return tell('code_diff_senders', sendersText);
  return undefined;
}

/** The advice about reconnecting, as a sentence. */
export function retryText(entry: CloseCodeEntry): Message {
  return message(`code_retry_${entry.retry.replaceAll('-', '_')}`);
}

/** Whether it travels on the wire, as a sentence. */
export function wireText(entry: CloseCodeEntry): Message {
  return message(`code_wire_${entry.wire.replaceAll('-', '_')}`);
}

/** Who may send it, as a sentence. */
export function sendersText(entry: CloseCodeEntry): Message {
  return message(`code_senders_${entry.senders.join('_') || 'nobody'}`);
}
