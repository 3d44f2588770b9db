/*
 * A step of the build, no part of the recorder. V8 keeps the distance between the name and
 * the parameters of a function in 16 bits; where it does not fit, the function's text is
 * that of a native one, in every realm and in the messages of errors.
 */
const PADDING = ' '.repeat(0x1_0000);

/** The methods of hot.ts, as a minifier leaves them. */
const HOT = /(?:"get data"|'get data'|`get data`|\bsend)(?=\([\w$]*\)\s*\{)/g;

/** Puts blanks between the names and the parameters of the recorder's hot hooks; see hot.ts. */
export function pad(code: string): string {
  let count = 0;
  const padded = code.replace(HOT, (name) => {
    count += 1;
    return name + PADDING;
  });
  if (count !== 2) throw new Error(`padding: ${count} methods to pad where 2 were expected`);
  return padded;
}

interface Output {
  readonly type: string;
  readonly fileName: string;
  code?: string;
  source?: unknown;
}

/** A Vite plugin. For Chromium only: Gecko shows the source text, however long. */
export function padRecorder() {
  return {
    name: 'pad-recorder',
    enforce: 'post' as const,
    generateBundle: {
      order: 'post' as const,
      handler(_options: unknown, bundle: object): void {
        for (const file of Object.values(bundle) as Output[]) {
          if (!file.fileName.endsWith('recorder.iife.js')) continue;
          if (file.type === 'chunk') file.code = pad(`${file.code}`);
          else file.source = pad(`${file.source}`);
        }
      },
    },
  };
}
