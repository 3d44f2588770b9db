import type { Picture } from './png.ts';

const BLOCK = 24;
/** Blocks are looked at in squares of so many: other letters are the same grey there, a lost column is not. */
const SQUARE = 3;
/** Of 255, in the mean colour of a square. Set in other letters or another font, few squares differ by 4. */
const FAR = 6;
/** A scroll bar or a rounded size may cost a browser so many pixels. */
const SLACK = 4;

/**
 * Share of squares that may differ. Measured over the panel's views in both browsers: other letters of the same
 * size make up to 2 % (more only where lines break elsewhere), a lost column from 4 %, a shifted one from 8 %.
 */
export const MOST_DIFFERENT = 0.03;

export interface Difference {
  /** Of the squares, 0 to 1. */
  readonly share: number;
  /** Where they are, in pixels; undefined where none differs. */
  readonly box?: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** How far two pictures of one view are apart, blind to the shapes of letters. */
export function difference(one: Picture, other: Picture): Difference {
  const width = Math.min(one.width, other.width);
  const height = Math.min(one.height, other.height);
  if (
    Math.max(one.width, other.width) > width + SLACK ||
    Math.max(one.height, other.height) > height + SLACK
  ) {
    return { share: 1, box: { left: 0, top: 0, right: width, bottom: height } };
  }
  const columns = Math.floor(width / BLOCK);
  const rows = Math.floor(height / BLOCK);
  const a = meansOf(one, columns, rows);
  const b = meansOf(other, columns, rows);
  let squares = 0;
  let far = 0;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let row = 0; row + SQUARE <= rows; row += 1) {
    for (let column = 0; column + SQUARE <= columns; column += 1) {
      squares += 1;
      if (distance(a, b, columns, column, row) <= FAR) continue;
      far += 1;
      left = Math.min(left, column * BLOCK);
      top = Math.min(top, row * BLOCK);
      right = Math.max(right, (column + SQUARE) * BLOCK);
      bottom = Math.max(bottom, (row + SQUARE) * BLOCK);
    }
  }
  return { share: far / squares, ...(far > 0 && { box: { left, top, right, bottom } }) };
}

/** Mean colours of blocks, three numbers each. */
function meansOf({ width, pixels }: Picture, columns: number, rows: number): Float64Array {
  const means = new Float64Array(columns * rows * 3);
  for (let y = 0; y < rows * BLOCK; y += 1) {
    let at = y * width * 3;
    for (let column = 0; column < columns; column += 1) {
      const block = (Math.floor(y / BLOCK) * columns + column) * 3;
      for (const end = at + BLOCK * 3; at < end; at += 3) {
        means[block]! += pixels[at]!;
        means[block + 1]! += pixels[at + 1]!;
        means[block + 2]! += pixels[at + 2]!;
      }
    }
  }
  return means.map((sum) => sum / BLOCK ** 2);
}

function distance(
  a: Float64Array,
  b: Float64Array,
  columns: number,
  column: number,
  row: number,
): number {
  let most = 0;
  for (let c = 0; c < 3; c += 1) {
    let sum = 0;
    for (let y = row; y < row + SQUARE; y += 1) {
      for (let x = column; x < column + SQUARE; x += 1) {
        const at = (y * columns + x) * 3 + c;
        sum += a[at]! - b[at]!;
      }
    }
    most = Math.max(most, Math.abs(sum) / SQUARE ** 2);
  }
  return most;
}
