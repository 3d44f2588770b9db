import { minify } from 'terser';
import type { Browser } from './manifest.ts';

/*
 * The last step of building the recorder. V8 keeps the distance between the name and
 * the parameters of a function in 16 bits; where it does not fit, the function's text is
 * that of a native one, in every realm and in the messages of errors.
 */
const PADDING = ' '.repeat(0x1_0000);

/** The method of src/page/hot-getter.ts that is used as it is, as a minifier leaves it. */
const HOT = /(?:"get data"|'get data'|`get data`)(?=\([\w$]*\)\s*\{)/g;

/** Puts blanks between the names and the parameters of the recorder's hot hook; see src/page/hot-getter.ts. */
export function pad(code: string): string {
  let count = 0;
  const padded = code.replace(HOT, (name) => {
    count += 1;
    return name + PADDING;
  });
  if (count !== 1) throw new Error(`padding: ${count} methods to pad where 1 was expected`);
  return padded;
}

interface Output {
  readonly type: string;
  readonly fileName: string;
  code?: string;
  source?: unknown;
}

/** Properties of objects that never leave the script; no name that the platform knows too. */
const OWN =
  /^(?:aborted|add|after|args|before|buffered|bytes|check|closeCalled|closed|count|dropped|failed|firstT|from|id|inside|introduce|isFirst|json|largest|last|message|meta|more|next|note|opened|read|readFrom|readTo|received|register|rest|result|run|self|sent|size|state|tell|text|to|touch)$/;

/** The recorder as it goes into every page: as small as may be, and for Chromium padded. */
export async function finish(code: string, browser: Browser): Promise<string> {
  const { code: small } = await minify(code, {
    // "Unsafe" for who constructs functions, asks for their prototype or compares NaN: nobody does here.
    compress: {
      passes: 6,
      inline: 1,
      loops: false,
      sequences: false,
      pure_getters: true,
      unsafe_arrows: true,
      unsafe_comps: true,
      unsafe_methods: true,
    },
    mangle: { toplevel: true, properties: { regex: OWN, builtins: true } },
    ecma: 2020,
  });
  // Modules are strict, and a bundle of them is not: sloppy functions of the page would be given ours as `caller`.
  // A frame whose maker took away what this needs is told nothing of it: no error that its page would hear.
  const strict = `"use strict";try{${small}}catch{}`;
  // Gecko shows the source text, however long.
  return browser === 'chrome' ? pad(strict) : strict;
}

/** A Vite plugin. */
export function finishRecorder(browser: Browser) {
  return {
    name: 'finish-recorder',
    enforce: 'post' as const,
    generateBundle: {
      order: 'post' as const,
      async handler(_options: unknown, bundle: object): Promise<void> {
        for (const file of Object.values(bundle) as Output[]) {
          if (!file.fileName.endsWith('recorder.iife.js')) continue;
          if (file.type === 'chunk') file.code = await finish(`${file.code}`, browser);
          else file.source = await finish(`${file.source}`, browser);
        }
      },
    },
  };
}
