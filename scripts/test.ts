/**
 * Everything that the project holds itself to, in one command: format and lint, types, unit tests, the
 * build, then conformance and end-to-end tests in both browsers. Arguments choose steps by name. The last
 * line counts test cases; each step that is no test run counts as one.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findOrInstallBrowser } from './browsers/index.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Step {
  readonly name: string;
  run(): Promise<Count>;
}

const results = join('.cache', 'test');
const require = createRequire(import.meta.url);

/** Path of a package's command, run by this Node: no shell, no `npx`, the same everywhere. */
function command(packageName: string, name = packageName): string {
  const file = require.resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(file, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const path = typeof bin === 'string' ? bin : bin[name];
  if (path === undefined) throw new Error(`${packageName} has no command "${name}"`);
  return join(file, '..', path);
}

function node(args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function single(args: readonly string[]): Promise<Count> {
  const ok = await node(args);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

function countReport(report: Report): Count {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') count.passed += 1;
      else if (status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
    // A file that could not even be loaded, or whose hooks failed before any of its tests.
    const failed = file.assertionResults.some((each) => each.status === 'failed');
    if (file.status === 'failed' && !failed) count.failed += 1;
  }
  return count;
}

async function vitest(project: string): Promise<Count> {
  const file = join(results, `${project}.json`);
  rmSync(file, { force: true });
  const ok = await node([
    command('vitest'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  let count: Count;
  try {
    count = countReport(JSON.parse(readFileSync(file, 'utf8')) as Report);
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // Errors outside of any test, and a run that found no test, must not look like success.
  if ((!ok || count.passed === 0) && count.failed === 0) count.failed = 1;
  return count;
}

const steps: readonly Step[] = [
  {
    name: 'lint',
    run: () => single([command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.']),
  },
  { name: 'types', run: () => single([command('typescript', 'tsc'), '--noEmit']) },
  { name: 'unit', run: () => vitest('unit') },
  { name: 'build', run: () => single([command('tsx'), 'scripts/build.ts']) },
  {
    name: 'e2e',
    run() {
      // Before the tests' own clocks run.
      for (const browser of ['chrome', 'firefox'] as const) findOrInstallBrowser(browser);
      return vitest('e2e');
    },
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `Unknown step: ${unknown.join(', ')}. Steps: ${steps.map((s) => s.name).join(', ')}`,
  );
  process.exit(2);
}

mkdirSync(results, { recursive: true });
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  console.log(`\n— ${step.name}`);
  const start = performance.now();
  let count: Count;
  try {
    count = await step.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count = { passed: 0, failed: 1, skipped: 0 };
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  lines.push(
    `${step.name.padEnd(8)}${String(count.passed).padStart(6)} passed${String(count.failed).padStart(6)} failed${skipped}  ${seconds} s`,
  );
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
