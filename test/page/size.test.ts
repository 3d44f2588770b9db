import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { finish } from '../../scripts/finish-recorder.ts';
import type { Browser } from '../../scripts/manifest.ts';
import '../support/page-globals.ts';

const { binaryBytes, textBytes } = await import('../../src/page/size.ts');

const encoder = new TextEncoder();

describe('bytes of a text', () => {
  it('are exact up to 64 units', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        if (text.length <= 64) expect(textBytes(text)).toBe(encoder.encode(text).length);
      }),
    );
  });

  it.each([
    ['ASCII', 'x'.repeat(10_000)],
    ['two bytes', 'é'.repeat(10_000)],
    ['three bytes', '漢'.repeat(10_000)],
    ['pairs', '😀'.repeat(5000)],
  ])('are exact for long %s', (_, text) => {
    expect(textBytes(text)).toBe(encoder.encode(text).length);
  });

  it('are near for long mixtures', () => {
    const text = 'an évening in Hà Nội, 漢字. '.repeat(500);
    const exact = encoder.encode(text).length;
    expect(Math.abs(textBytes(text) - exact) / exact).toBeLessThan(0.15);
  });
});

it('bytes of a binary are those of its kind, and of nothing else', () => {
  expect(binaryBytes(new ArrayBuffer(5))).toBe(5);
  expect(binaryBytes(new Uint16Array(5))).toBe(10);
  expect(binaryBytes(new Blob(['abc']))).toBe(3);
  expect(binaryBytes({ byteLength: 9, size: 9 })).toBeUndefined();
  expect(binaryBytes(null)).toBeUndefined();
});

/** The script of an entry as it is built for a browser. */
async function built(entry: string, browser: Browser): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { OWN_STACKS: JSON.stringify(browser === 'chrome') },
    build: {
      write: false,
      target: ['chrome111', 'firefox128'],
      lib: { entry, formats: ['iife'], name: 'script', fileName: () => 'script.js' },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length;

it.each(['chrome', 'firefox'] as const)(
  'the scripts of every page stay small in %s',
  async (browser) => {
    const recorder = await finish(await built('src/page/recorder.iife.ts', browser), browser);
    expect(gzipped(recorder)).toBeLessThanOrEqual(6000);
    expect(gzipped(await built('src/content/relay.iife.ts', browser))).toBeLessThanOrEqual(
      2 * 1024,
    );
  },
  60_000,
);
