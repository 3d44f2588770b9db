import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diagnoseCommand } from '../../src/cli/diagnose.ts';

const logs = resolve(import.meta.dirname, '../fixtures/logs');
const story = join(logs, 'v1-expired-then-gone.json');
const quiet = join(logs, 'v1-strangers.ndjson');
const folder = mkdtempSync(join(tmpdir(), 'diagnose-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...argv: string[]) {
  let out = '';
  let error = '';
  const status = await diagnoseCommand(argv, {
    out: (text) => {
      out += text;
    },
    error: (text) => {
      error += text;
    },
    colour: false,
    columns: 100,
  });
  return { out, error, status };
}

describe('diagnose --json', () => {
  it('prints one line for each file, in order, the file as given', async () => {
    const { out, status, error } = await run('--json', story, quiet);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.file)).toEqual([story, quiet]);
    expect(lines.map((line) => line.sockets)).toEqual([2, 1]);
    expect(status).toBe(1);
    expect(error).toBe('');
  });

  it('tells findings with causes, evidence in words and chains', async () => {
    const { out } = await run('--json', story);
    const { findings, chains } = JSON.parse(out);
    const violation = findings.find((one: { rule: string }) => one.rule === 'policy-violation');
    expect(violation).toMatchObject({
      verdict: 'failed',
      sockets: ['s1'],
      endpoint: 'wss://a.test/feed',
      message: expect.any(String),
      data: { code: 1008 },
    });
    expect(violation.causes[0]).toMatchObject({ cause: 'auth-expired' });
    expect(violation.causes[0].confidence).toBeGreaterThan(0.5);
    expect(violation.causes[0].evidence[0]).toContain('token expired');
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'missing-reconnection', verdict: 'failed', sockets: ['s2'] }),
    );
    expect(chains).toMatchObject([
      { endpoint: 'wss://a.test/feed', sockets: ['s1', 's2'], delaysMs: [1050] },
    ]);
  });

  it('leaves out what passed unless it is asked for', async () => {
    const verdicts = async (...argv: string[]) =>
      JSON.parse((await run('--json', ...argv)).out).findings.map(
        (one: { verdict: string }) => one.verdict,
      );
    expect(await verdicts(quiet)).not.toContain('passed');
    expect(await verdicts(story)).toContain('failed');
  });

  it('goes on after a file that cannot be read, and says where it is wrong', async () => {
    const cut = file('cut.json', readFileSync(story, 'utf8').slice(0, 500));
    const wrong = file(
      'wrong.ndjson',
      '{"format":"websocket-session-log","version":1,"startedAt":"2026-01-31T09:30:00Z"}\n{"t":"1","type":"end"}\n',
    );
    const { out, error, status } = await run(
      '--json',
      cut,
      wrong,
      join(folder, 'none.json'),
      quiet,
    );
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
    const told = error.trimEnd().split('\n');
    expect(told[0]).toMatch(/cut\.json: line \d+, column \d+/);
    expect(told[1]).toContain(
      'wrong.ndjson: line 2, column 1, events[0].t: “events[0].t” has to be a number',
    );
    expect(told[2]).toContain('none.json: There is no such file.');
  });
});

describe('diagnose for people', () => {
  it('draws the chain, tells findings, causes, evidence and what to do', async () => {
    const { out, status } = await run(story);
    expect(status).toBe(1);
    expect(out).toMatch(/s1 .*✕.*1008 “token expired”/);
    expect(out).toMatch(/↻ after 1\.1 s/);
    expect(out).toContain('(policy-violation)');
    expect(out).toContain('(missing-reconnection)');
    expect(out).toContain('auth-expired');
    expect(out.indexOf('✕ FAILED')).toBeLessThan(out.indexOf('? TO REVIEW'));
    expect(out).not.toContain('⟦');
  });

  it('speaks Vietnamese, findings included', async () => {
    const { out } = await run('--lang', 'vi', story);
    expect(out).toContain('do máy chủ đóng');
    expect(out).not.toContain('⟦');
    const { findings } = JSON.parse((await run('--lang=vi', '--json', story)).out);
    const english = JSON.parse((await run('--json', story)).out).findings;
    expect(findings[0].message).not.toBe(english[0].message);
  });

  it('says so where nothing was found', async () => {
    const calm = file(
      'calm.ndjson',
      '{"format":"websocket-session-log","version":1,"startedAt":"2026-01-31T09:30:00Z"}\n',
    );
    const { out, status } = await run(calm);
    expect(out).toContain('No rule found anything to look at.');
    expect(status).toBe(0);
  });

  it('prints what a stranger wrote as text', async () => {
    const hostile = '\\u001b[31mred\\u202eesrever\\nFAILED\\u0007';
    const path = file(
      'hostile.json',
      readFileSync(story, 'utf8').replaceAll('token expired', hostile),
    );
    const { out } = await run(path);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(out).toContain('\\u{1b}[31mred');
    expect(out.split('\n').filter((line) => line.startsWith('FAILED'))).toEqual([]);
  });

  it('draws a long chain short', async () => {
    const header =
      '{"format":"websocket-session-log","version":1,"startedAt":"2026-01-31T09:30:00Z"}';
    const lines = Array.from({ length: 200 }, (_, n) =>
      [
        { t: n * 1000, type: 'opening', socket: `s${n}`, url: 'wss://a.test/' },
        {
          t: n * 1000 + 20,
          type: 'close',
          socket: `s${n}`,
          code: 1006,
          reason: '',
          wasClean: false,
        },
      ].map((event) => JSON.stringify(event)),
    ).flat();
    const { out } = await run(file('long.ndjson', [header, ...lines].join('\n')));
    expect(out).toContain('190 more sockets');
    expect(out.split('\n').length).toBeLessThan(120);
  });
});

describe('options', () => {
  it('asks one rule only', async () => {
    const { findings } = JSON.parse((await run('--json', '--rule', 'policy-violation', story)).out);
    expect(findings.map((one: { rule: string }) => one.rule)).toEqual(['policy-violation']);
    expect((await run('--rule=missing-reconnection', story)).status).toBe(1);
  });

  it('changes a threshold', async () => {
    const { out } = await run(
      '--json',
      '--rule',
      'missing-reconnection',
      '--set',
      'missing-reconnection.graceMs=120000',
      story,
    );
    const failed = JSON.parse(out).findings.filter(
      (one: { verdict: string }) => one.verdict === 'failed',
    );
    expect(failed).toEqual([]);
  });

  it.each([
    [['--json']],
    [['--nonsense', story]],
    [['--rule']],
    [['--rule', 'no-such-rule', story]],
    [['--set', 'missing-reconnection.graceMs', story]],
    [['--set', 'missing-reconnection.graceMs=soon', story]],
    [['--set', 'missing-reconnection.no-such=1', story]],
    [['--set', 'missing-reconnection.constructor=1', story]],
    [['--set', 'missing-reconnection.graceMs=-5', story]],
    [['--set', 'no-such-rule.graceMs=1', story]],
  ])('refuses %j', async (argv) => {
    const { status, out, error } = await run(...argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(/\S.*\n--help/);
    expect(error).not.toContain('⟦');
  });

  it('explains itself', async () => {
    const { out, status } = await run('--help');
    expect(status).toBe(0);
    for (const option of ['--json', '--rule', '--set', '--lang', '--all'])
      expect(out).toContain(option);
    expect(out).toContain('missing-reconnection');
    expect(out).toContain('graceMs=30000');
  });

  it('takes names that look like options after --', async () => {
    expect((await run('--', '--json')).error).toContain('--json: There is no such file.');
  });
});

describe('the command itself', () => {
  const root = resolve(import.meta.dirname, '../..');
  const command = (args: readonly string[], input?: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/diagnose.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
      ...(input !== undefined && { input }),
    });

  it('reads standard input and sets the exit status', { timeout: 60_000 }, () => {
    const { status, stdout } = command(['--json', '-'], readFileSync(story, 'utf8'));
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ file: '-', sockets: 2 });
    const none = command(['nothing-here.json']);
    expect(none.status).toBe(2);
    expect(none.stderr).toContain('There is no such file.');
  });
});
