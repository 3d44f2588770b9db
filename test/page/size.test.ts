import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { build } from 'vite';
import { describe, expect, it, vi } from 'vitest';

// The recorder takes these when it is loaded; here none of them is used.
for (const name of ['FocusEvent', 'CloseEvent', 'PageTransitionEvent', 'WebSocket']) {
  if (!(name in globalThis)) vi.stubGlobal(name, class {});
}
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

/** Bytes of the script as it goes into every page. */
async function gzipped(entry: string): Promise<number> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: ['chrome111', 'firefox128'],
      lib: { entry, formats: ['iife'], name: 'script', fileName: () => 'script.js' },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return gzipSync(output.output[0].code, { level: 9 }).length;
}

it('the script of every page stays within 6 kB, its relay within 2 kB', async () => {
  expect(await gzipped('src/page/recorder.iife.ts')).toBeLessThanOrEqual(6 * 1024);
  expect(await gzipped('src/content/relay.iife.ts')).toBeLessThanOrEqual(2 * 1024);
}, 60_000);
