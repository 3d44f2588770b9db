/**
 * Runs a benchmark as the product runs: bundled, and without the names that tsx keeps for stacks, which
 * cost more than many a function: `tsx test/bench/built.ts test/bench/rules.ts`.
 */
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { build } from 'vite';

const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) throw new Error('built: which benchmark?');
// As deep as its source, so that paths relative to the file stay right.
const outDir = join('.cache', 'bench');
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: { outDir, emptyOutDir: false, ssr: entry, target: 'node20', minify: false },
});
const file = join(outDir, `${basename(entry, '.ts')}.js`);
const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' });
process.exitCode = status ?? 1;
