/**
 * Words at the edge: the core returns message ids with parameters, the panel
 * and the command line look the sentences up in `public/_locales`.
 */
export interface Message {
  /** Key in messages.json: letters, digits, underscore. */
  readonly id: string;
  /** By placeholder name. A nested message is translated in its turn. */
  readonly params?: Readonly<Record<string, string | number | Message>>;
}

export function message(id: string, params?: Message['params']): Message {
  return params === undefined ? { id } : { id, params };
}
