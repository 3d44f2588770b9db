import { arrayBufferBytes, blobBytes, floor, isView, viewBytes } from './natives.ts';

/**
 * Bytes of a string in UTF-8, without encoding it: exact up to 64 units, beyond that
 * an estimate from 32 samples (exact again for ASCII and for even mixtures).
 */
export function textBytes(text: string): number {
  const { length } = text;
  const step = length > 64 ? floor(length / 32) : 1;
  let extra = 0;
  let seen = 0;
  for (let i = 0; i < length; i += step) {
    const unit = text[i] as string;
    seen += 1;
    // Two units of a surrogate pair make four bytes: two each.
    if (unit > '\u007f') extra += unit > '\u07ff' && (unit <= '\ud7ff' || unit >= '\ue000') ? 2 : 1;
  }
  return length + floor((extra * length) / (seen || 1));
}

/** Whether the binary that came last was a blob: what it was is looked for first. */
let wasBlob = true;

/** Bytes of a blob, a buffer or a view (0 of a DataView, and of any view in Gecko); undefined where it is none of them. Reads nothing of the page's. */
export function binaryBytes(data: unknown): number | undefined {
  if (isView(data)) {
    try {
      return viewBytes(data);
    } catch {
      return 0;
    }
  }
  for (let i = 0; i < 2; i += 1) {
    try {
      return wasBlob ? blobBytes(data) : arrayBufferBytes(data);
    } catch {
      wasBlob = !wasBlob;
    }
  }
  return undefined;
}
