import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shown } from '../../scripts/expectations.ts';
import { causeTitle, ruleTitle } from '../../scripts/panel-reader.ts';

interface Diagnosed {
  readonly findings: readonly {
    readonly rule: string;
    readonly verdict: string;
    readonly endpoint: string;
    readonly causes?: readonly { readonly cause: string }[];
  }[];
}

/** What the command line says of a log: the failed findings, as the panel would title them. */
export function diagnose(log: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'close-inspector-log-'));
  try {
    const file = join(folder, 'log.json');
    writeFileSync(file, log);
    const run = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'src/cli/diagnose.ts', '--json', file],
      { encoding: 'utf8' },
    );
    const [line] = run.stdout.split('\n');
    if (!line) throw new Error(`diagnose said nothing: ${run.stderr}`);
    const { findings } = JSON.parse(line) as Diagnosed;
    return findings
      .filter((each) => each.verdict === 'failed')
      .map((each) => `${ruleTitle(each.rule)} ${each.endpoint} ${first(each.causes)}`)
      .sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function first(causes: readonly { readonly cause: string }[] | undefined): string {
  // The panel leaves out what says that nothing is known.
  const known = causes?.find(({ cause }) => cause !== 'unknown');
  return known === undefined ? '' : causeTitle(known.cause);
}

/** What failed by the panel, in the same words. */
export function failedFindings({ findings }: Shown): string[] {
  return findings
    .filter((each) => each.verdict === 'Failed')
    .map((each) => `${each.title} ${each.endpoint} ${each.causes[0] ?? ''}`)
    .sort();
}
