import { arrayBufferBytes, blobBytes, charCodeAt, floor } from './natives.ts';

/** Strings up to this many UTF-16 units are measured whole, longer ones by samples. */
const WHOLE = 64;
const SAMPLES = 32;

/**
 * Bytes of a string in UTF-8, without encoding it: exact up to 64 units, beyond that
 * an estimate from 32 samples (exact again for ASCII and for even mixtures).
 */
export function textBytes(text: string): number {
  const { length } = text;
  const step = length <= WHOLE ? 1 : floor(length / SAMPLES);
  let extra = 0;
  let seen = 0;
  for (let i = 0; i < length; i += step) {
    const unit = charCodeAt(text, i);
    seen += 1;
    // Two units of a surrogate pair make four bytes: two each.
    if (unit > 0x7f) extra += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return step === 1 ? length + extra : length + floor((extra * length) / seen);
}

let blobsFirst = true;

/** Bytes of a received binary message: a blob or a buffer, as the page chose. */
export function binaryBytes(data: unknown): number {
  try {
    return blobsFirst ? blobBytes(data) : arrayBufferBytes(data);
  } catch {
    // A page mostly gets one kind: look for that first from now on.
    blobsFirst = !blobsFirst;
    try {
      return blobsFirst ? blobBytes(data) : arrayBufferBytes(data);
    } catch {
      return 0;
    }
  }
}
