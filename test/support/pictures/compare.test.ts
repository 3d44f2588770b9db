import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { difference, MOST_DIFFERENT } from './compare.ts';
import { type Picture, readPng, writePng } from './png.ts';

const reference = (name: string) =>
  readPng(readFileSync(join('test', 'e2e', 'looks', `${name}.png`)));

type Colour = readonly number[];

/** A picture in which each pixel is of a colour (three numbers), or taken from a place (two). */
function redrawn(from: Picture, pixel: (x: number, y: number) => Colour): Picture {
  const pixels = new Uint8Array(from.pixels.length);
  for (let y = 0; y < from.height; y += 1) {
    for (let x = 0; x < from.width; x += 1) {
      const found = pixel(x, y);
      pixels.set(
        found.length === 2 ? colourAt(from, found[0]!, found[1]!) : found,
        (y * from.width + x) * 3,
      );
    }
  }
  return { ...from, pixels };
}

function colourAt({ width, pixels }: Picture, x: number, y: number): Colour {
  const at = (y * width + x) * 3;
  return [...pixels.subarray(at, at + 3)];
}

const VIEWS = ['chrome-sockets-light-600', 'firefox-detail-summary-dark-1280'];

describe('the comparison of looks', () => {
  describe.each(VIEWS)('%s', (name) => {
    const picture = reference(name);
    const passes = (other: Picture) => difference(picture, other).share <= MOST_DIFFERENT;
    // The colour behind everything, as at the end of the status bar.
    const plain = colourAt(picture, picture.width - 3, 60);

    it('takes the same for the same', () => {
      expect(difference(picture, picture)).toEqual({ share: 0 });
    });

    it('does not mind a pixel to the side, or letters drawn softer', () => {
      const { width, height } = picture;
      expect(passes(redrawn(picture, (x, y) => [Math.min(width - 1, x + 1), y]))).toBe(true);
      const soft = redrawn(picture, (x, y) => {
        const other = colourAt(picture, Math.min(width - 1, x + 1), Math.min(height - 1, y + 1));
        return colourAt(picture, x, y).map((value, c) => Math.round((value + other[c]!) / 2));
      });
      expect(passes(soft)).toBe(true);
    });

    it('does not mind which letters a line consists of', () => {
      // Runs of eight pixels change their places within 32, as letters would.
      const order = [2, 0, 3, 1];
      const shuffled = redrawn(picture, (x, y) => {
        const start = x - (x % 32);
        return [Math.min(picture.width - 1, start + order[(x - start) >> 3]! * 8 + (x % 8)), y];
      });
      expect(passes(shuffled)).toBe(true);
    });

    it('minds a region that is blank', () => {
      const { width, height } = picture;
      const blank = redrawn(
        picture,
        (x, y): Colour =>
          x > width * 0.6 && y > height * 0.4 && y < height * 0.9 ? plain : [x, y],
      );
      const { box } = difference(picture, blank);
      expect(passes(blank)).toBe(false);
      expect(box?.left).toBeGreaterThan(width * 0.6 - 96);
    });

    it('minds a lost column', () => {
      const { width, height } = picture;
      const [from, to] = [width * 0.22, width * 0.34];
      const lost = redrawn(picture, (x, y) =>
        x > from && x < to && y > 130 && y < height - 30
          ? colourAt(picture, width - 100, 130)
          : [x, y],
      );
      expect(passes(lost)).toBe(false);
    });

    it('minds columns that moved', () => {
      const moved = redrawn(picture, (x, y) => (x >= 150 && y > 100 ? [x - 48, y] : [x, y]));
      expect(passes(moved)).toBe(false);
    });

    it('minds another theme', () => {
      const other = name.includes('light')
        ? name.replace('light', 'dark')
        : name.replace('dark', 'light');
      expect(difference(picture, reference(other)).share).toBeGreaterThan(0.9);
    });

    it('minds another size', () => {
      const { width, height, pixels } = picture;
      const cut = {
        width,
        height: height - 30,
        pixels: pixels.slice(0, width * (height - 30) * 3),
      };
      expect(passes(cut)).toBe(false);
    });
  });

  it('minds another view', () => {
    const shown = (view: string) => reference(`chrome-${view}-light-600`);
    expect(difference(shown('findings'), shown('codes')).share).toBeGreaterThan(0.2);
    expect(difference(shown('sockets'), shown('detail-summary')).share).toBeGreaterThan(0.1);
  });
});

describe('PNG', () => {
  it('is read as it was written, up to 256 colours', () => {
    const pixels = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => ((i * i) % 7) * 36);
    const picture = { width: 40, height: 30, pixels };
    expect(readPng(writePng(picture))).toEqual(picture);
  });

  it.each(['', 'GIF89a', '\x89PNG'])('is not %j', (text) => {
    expect(() => readPng(Buffer.from(text, 'latin1'))).toThrow('no PNG');
  });
});
