import { createReadStream } from 'node:fs';

/** `-` is standard input. The stream's own errors (no such file) are thrown when it is read. */
export function openFile(file: string): AsyncIterable<Uint8Array> {
  return file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
}
