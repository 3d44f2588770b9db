import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

function tracked(): string[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)));
}

const isText = (path: string): boolean => !/\.(?:png|gz|ico|woff2?|zip)$/.test(path);

function linesOf(path: string): { line: string; at: string }[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .map((line, index) => ({ line, at: `${path}:${index + 1}` }));
}

describe('the repository', () => {
  const files = tracked().filter(isText);

  it('has one version everywhere', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
    const { version } = read('package.json');
    expect(read('manifest.json').version).toBe(version);
    expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toContain(`## ${version}`);
  });

  it('names no registry and no download address in the lock file', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/"resolved":\s*"https?:/);
  });

  it('locks the packages of every platform, so that a clean install works on each', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          packages[`node_modules/${name}`] === undefined &&
          packages[`${path}/node_modules/${name}`] === undefined,
      ),
    );
    expect(missing).toEqual([]);
  });

  it('never writes markup, evaluates text or listens to unload in what ships', () => {
    const forbidden =
      /\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|dangerouslySetInnerHTML|\beval\(|new Function\(|document\.write\(|addEventListener\(\s*['"]unload['"]|\bonunload\b/;
    const wrong = files
      .filter((path) => /^src\/.*\.tsx?$/.test(path))
      .flatMap(linesOf)
      .filter(({ line }) => !/^\s*(?:\*|\/\/)/.test(line) && forbidden.test(line))
      .map(({ at, line }) => `${at} ${line.trim()}`);
    expect(wrong).toEqual([]);
  });

  it('sends nothing over the network: no request but for its own files', () => {
    const wrong = files
      .filter((path) => /^src\/.*\.tsx?$/.test(path))
      .flatMap(linesOf)
      .filter(
        ({ line }) =>
          !/^\s*(?:\*|\/\/)/.test(line) &&
          /\bfetch\(|XMLHttpRequest\(|sendBeacon\(|new WebSocket\(/.test(line) &&
          !/runtime\.getURL|_locales|'\.\.?\//.test(line),
      )
      .map(({ at, line }) => `${at} ${line.trim()}`);
    expect(wrong).toEqual([]);
  });

  it('holds no absolute path of a machine', () => {
    const wrong = files
      .filter((path) => !path.startsWith('test/fixtures/') && path !== 'package-lock.json')
      .flatMap(linesOf)
      .filter(({ line }) => /(?:^|[\s"'`(])\/(?:work|root)\//.test(line))
      .map(({ at }) => at);
    expect(wrong).toEqual([]);
  });
});
