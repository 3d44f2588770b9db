import { type Message, message } from '../model/message.ts';

/** Where in a file something is wrong. Lines and columns count from 1, events from 0. */
export interface Place {
  readonly line?: number;
  /** In characters (UTF-16 units). */
  readonly column?: number;
  /** From 0, of the decompressed file; known where characters could not be read. */
  readonly byte?: number;
  readonly event?: number;
  /** Path inside the log, such as `events[3].bytes` or `generator.name`. */
  readonly path?: string;
}

/** A file that is refused: what is wrong with it and where. Nothing of it was taken over. */
export class LogError extends Error {
  override readonly name = 'LogError';
  readonly detail: Message;
  readonly place: Place;

  constructor(detail: Message, place: Place = {}) {
    super(`${detail.id} ${JSON.stringify(detail.params ?? {})} at ${placeText(place)}`);
    this.detail = detail;
    this.place = place;
  }
}

/** A place in figures, for programs and for the message of the error itself. */
export function placeText(place: Place): string {
  const parts: string[] = [];
  if (place.line !== undefined) parts.push(`${place.line}:${place.column ?? 1}`);
  else if (place.byte !== undefined) parts.push(`byte ${place.byte}`);
  if (place.path !== undefined) parts.push(place.path);
  else if (place.event !== undefined) parts.push(`events[${place.event}]`);
  return parts.length > 0 ? parts.join(' ') : 'start';
}

/** A place in words. Undefined where the file as a whole is meant. */
export function placeMessage(place: Place): Message | undefined {
  const path = place.path ?? (place.event === undefined ? undefined : `events[${place.event}]`);
  if (place.line !== undefined) {
    const params = { line: String(place.line), column: String(place.column ?? 1) };
    return path === undefined
      ? message('log_place_line', params)
      : message('log_place_line_path', { ...params, path });
  }
  if (place.byte !== undefined) return message('log_place_byte', { byte: String(place.byte) });
  return path === undefined ? undefined : message('log_place_path', { path });
}

/** The whole refusal as one message: `what` and, where it is known, `where`. */
export function refusal(error: LogError): Message {
  // That a file is no log at all needs no place.
  const place = error.detail.id === 'log_error_no_format' ? undefined : placeMessage(error.place);
  return place === undefined
    ? error.detail
    : message('log_refusal', { place, detail: error.detail });
}
