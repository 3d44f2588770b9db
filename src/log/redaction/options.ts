import { type Message, message } from '../../model/message.ts';

/** What a redaction takes out; ids stand in the log's header, so they are never renamed. */
export type RedactionId =
  | 'query-values'
  | 'credentials'
  | 'tokens'
  | 'headers'
  | 'user-names'
  | 'previews';

export interface RedactionOption {
  readonly id: RedactionId;
  /** Short, for the box: says what is taken out. */
  readonly label: Message;
  /** One sentence more. */
  readonly hint: Message;
  readonly byDefault: boolean;
}

const option = (id: RedactionId): RedactionOption => {
  const name = id.replaceAll('-', '_');
  return {
    id,
    label: message(`log_redact_${name}`),
    hint: message(`log_redact_${name}_hint`),
    byDefault: true,
  };
};

/** Every box, in the order to show them. All are ticked at first. */
export const redactionOptions: readonly RedactionOption[] = [
  option('query-values'),
  option('credentials'),
  option('tokens'),
  option('headers'),
  option('user-names'),
  option('previews'),
];

/** Which redactions run. An id that is missing has its default. */
export type RedactionChoice = Readonly<Partial<Record<RedactionId, boolean>>>;

/** No redaction at all: what the user asked for by clearing every box. */
export const KEEP_EVERYTHING: RedactionChoice = Object.fromEntries(
  redactionOptions.map(({ id }) => [id, false]),
);

export function chosen(choice: RedactionChoice): ReadonlySet<RedactionId> {
  return new Set(
    redactionOptions.filter(({ id, byDefault }) => choice[id] ?? byDefault).map(({ id }) => id),
  );
}
