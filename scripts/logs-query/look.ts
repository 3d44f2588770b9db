import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type LogHeader, readLog } from '../../src/log/index.ts';

/** A log that DuckDB can read as it lies there, as far as its two ends tell. */
export interface Look {
  readonly gzip: boolean;
  readonly header: LogHeader;
}

/** The bytes at both ends of a log, at most `MOST` each. */
interface Ends {
  readonly head: Buffer;
  readonly tail: Buffer;
}

const MOST = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * Looks at the first and the last line of a log. Undefined where anything is unusual: whoever
 * asked reads the whole log then, to take it over or to tell what is wrong with it.
 */
export async function lookAt(path: string): Promise<Look | undefined> {
  const file = await open(path);
  try {
    const magic = await bytesAt(file, 0, 2);
    const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
    const { head, tail } = gzip ? await unpackedEnds(path) : await endsOf(file);
    const first = firstLine(head);
    const last = lastLine(tail);
    if (first === undefined || last === undefined) return undefined;
    JSON.parse(last.toString());
    // A whole log in one line is not the header of one. (A byte order mark fails here, too.)
    if (Object.hasOwn(JSON.parse(first.toString()) as object, 'events')) return undefined;
    return { gzip, header: (await readLog(first)).log };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

function firstLine(head: Buffer): Buffer | undefined {
  const end = head.indexOf(NEWLINE);
  if (end !== -1) return head.subarray(0, end);
  return head.length < MOST ? head : undefined;
}

function lastLine(tail: Buffer): Buffer | undefined {
  let end = tail.length;
  while (end > 0 && tail[end - 1]! <= 0x20) end--;
  const before = tail.subarray(0, end).lastIndexOf(NEWLINE);
  return before === -1 && tail.length >= MOST ? undefined : tail.subarray(before + 1, end);
}

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

async function endsOf(file: FileHandle): Promise<Ends> {
  const { size } = await file.stat();
  const head = await bytesAt(file, 0, MOST);
  return { head, tail: size <= MOST ? head : await bytesAt(file, size - MOST, MOST) };
}

/** Unpacks all of it: only the end tells that gzip was cut. */
async function unpackedEnds(path: string): Promise<Ends> {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  await pipeline(
    createReadStream(path, { highWaterMark: MOST }),
    createGunzip({ chunkSize: MOST }),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        if (head.length < MOST) head = Buffer.concat([head, piece]).subarray(0, MOST);
        tail = Buffer.concat([tail, piece]).subarray(-MOST);
      }
    },
  );
  return { head, tail };
}
