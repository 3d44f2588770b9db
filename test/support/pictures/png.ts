/** As much of PNG as screenshots and their references need: 8 bits, not interlaced. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row. */
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 2;
const PALETTE = 3;
const RGBA = 6;
const CHANNELS: Readonly<Record<number, number>> = { [RGB]: 3, [PALETTE]: 1, [RGBA]: 4 };

/** @throws Error where the file is of a kind that no browser here writes */
export function readPng(file: Buffer): Picture {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('This is no PNG');
  const data: Buffer[] = [];
  let head: Buffer = Buffer.alloc(13);
  let palette: Buffer = Buffer.alloc(0);
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 8, at + 8 + length);
    const type = file.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') head = body;
    else if (type === 'PLTE') palette = body;
    else if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const width = head.readUInt32BE(0);
  const height = head.readUInt32BE(4);
  const channels = CHANNELS[head[9]!];
  if (channels === undefined || head[8] !== 8 || head[12] !== 0) {
    throw new Error(`No PNG of this kind: ${head.subarray(8).join(' ')}`);
  }
  const raw = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  const pixels = new Uint8Array(width * height * 3);
  const from = channels === 1 ? palette : raw;
  for (let i = 0, at = 0; i < pixels.length; i += 3, at += channels) {
    const color = channels === 1 ? raw[at]! * 3 : at;
    pixels[i] = from[color]!;
    pixels[i + 1] = from[color + 1]!;
    pixels[i + 2] = from[color + 2]!;
  }
  return { width, height, pixels };
}

/** Takes back what each row says relative to its neighbours. */
function unfilter(data: Uint8Array, stride: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1) + 1;
    const row = out.subarray(y * stride, (y + 1) * stride);
    row.set(data.subarray(from, from + stride));
    const above = y === 0 ? new Uint8Array(stride) : out.subarray((y - 1) * stride, y * stride);
    const guess = GUESSES[data[from - 1]!];
    if (guess === undefined) continue;
    for (let x = 0; x < step; x += 1) row[x]! += guess(0, above[x]!, 0);
    for (let x = step; x < stride; x += 1) {
      row[x]! += guess(row[x - step]!, above[x]!, above[x - step]!);
    }
  }
  return out;
}

/** What a byte is told relative to, by the row's filter: the bytes left of it, above it and above that. */
const GUESSES: readonly (((left: number, up: number, corner: number) => number) | undefined)[] = [
  undefined,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** With its 256 most frequent colours, which is small; a panel has more only at the edges of letters. */
export function writePng({ width, height, pixels }: Picture): Buffer {
  const keyAt = (i: number) => (pixels[i]! << 16) | (pixels[i + 1]! << 8) | pixels[i + 2]!;
  const counts = new Map<number, number>();
  for (let i = 0; i < pixels.length; i += 3) {
    const key = keyAt(i);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const kept = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256);
  const palette = Buffer.alloc(kept.length * 3);
  const numbers = new Map<number, number>();
  for (const [i, [key]] of kept.entries()) {
    palette.writeUIntBE(key, i * 3, 3);
    numbers.set(key, i);
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < width * height; i += 1) {
    const key = keyAt(i * 3);
    let number = numbers.get(key);
    if (number === undefined) {
      number = nearest(palette, pixels, i * 3);
      numbers.set(key, number);
    }
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = number;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, PALETTE, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function nearest(palette: Uint8Array, pixels: Uint8Array, at: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < palette.length; i += 3) {
    let far = 0;
    for (let c = 0; c < 3; c += 1) far += (palette[i + c]! - pixels[at + c]!) ** 2;
    if (far < least) [least, best] = [far, i / 3];
  }
  return best;
}

function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
