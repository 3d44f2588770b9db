import { copyFileSync } from 'node:fs';
import { build } from 'vite';

const outDir = 'dist/testing';

/** Builds the entry for other people's tests: the page's script and the library for Node. */
export async function buildTesting(): Promise<void> {
  const common = { configFile: false, publicDir: false, logLevel: 'warn' } as const;
  await build({
    ...common,
    build: {
      outDir,
      emptyOutDir: true,
      target: ['chrome111', 'firefox128'],
      lib: {
        entry: 'src/testing/page.iife.ts',
        formats: ['iife'],
        name: 'websocketRecording',
        fileName: () => 'page.js',
      },
      // As modules are: sloppy functions of the page would be given ours as `caller`.
      rollupOptions: { output: { banner: '"use strict";' } },
    },
  });
  await build({
    ...common,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'node20',
      ssr: 'src/testing/index.ts',
      rollupOptions: { output: { entryFileNames: 'index.js' } },
    },
  });
  copyFileSync('public/_locales/en/messages.json', `${outDir}/messages.json`);
}

if (process.argv[1]?.endsWith('build-testing.ts')) {
  await buildTesting();
  console.log(outDir);
}
