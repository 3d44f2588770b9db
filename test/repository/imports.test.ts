import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const src = join(root, 'src');

/** What each part may import of the others. A part may always import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  i18n: ['model'],
  protocol: ['model'],
  rules: ['model'],
  log: ['model', 'rules'],
  page: ['model', 'protocol'],
  content: ['model', 'protocol'],
  background: ['model', 'protocol'],
  link: ['model', 'protocol'],
  devtools: ['model', 'protocol', 'link'],
  options: ['model', 'protocol', 'i18n'],
  panel: ['model', 'protocol', 'link', 'rules', 'log', 'i18n'],
  cli: ['model', 'rules', 'log', 'i18n'],
  testing: ['model', 'protocol', 'rules', 'log', 'i18n', 'page'],
};

/** Packages that each part may import; every other part may import none. */
const packages: Readonly<Record<string, readonly string[]>> = {
  content: ['webextension-polyfill'],
  background: ['webextension-polyfill'],
  link: ['webextension-polyfill'],
  devtools: ['webextension-polyfill'],
  options: ['webextension-polyfill', 'preact', '@preact/signals'],
  panel: ['webextension-polyfill', 'preact', '@preact/signals'],
  cli: ['node:'],
  testing: ['node:'],
};

/** Parts that know no browser and no clock of their own. */
const pure = ['model', 'protocol', 'rules', 'log', 'i18n'];

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly target: string | undefined;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...found].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.')
      ? relative(src, resolve(dirname(file), specifier.replace(/\?.*$/, '')))
      : undefined;
    return { file: relative(root, file), specifier, target };
  });
}

const partOf = (path: string): string => path.split(/[\\/]/)[0] ?? '';

describe('the path of the data', () => {
  const files = sources(src);
  const imports = files.flatMap(importsOf);

  it('reads real imports', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(imports.length).toBeGreaterThan(5);
  });

  it('knows every folder of src', () => {
    const parts = readdirSync(src, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(parts.filter((part) => !(part in allowed))).toEqual([]);
  });

  it('lets no part import one that it may not know', () => {
    const wrong = imports
      .filter((one) => one.target !== undefined)
      .filter((one) => {
        const from = partOf(relative('src', one.file));
        const to = partOf(one.target ?? '');
        return to !== from && !(allowed[from] ?? []).includes(to);
      })
      .map((one) => `${one.file} imports ${one.specifier}`);
    expect(wrong).toEqual([]);
  });

  it('lets only the edges import packages', () => {
    const wrong = imports
      .filter((one) => one.target === undefined)
      .filter((one) => {
        const from = partOf(relative('src', one.file));
        const names = packages[from] ?? [];
        return !names.some(
          (name) =>
            one.specifier === name ||
            one.specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
        );
      })
      .map((one) => `${one.file} imports ${one.specifier}`);
    expect(wrong).toEqual([]);
  });

  it('keeps browsers, documents and clocks out of the pure core', () => {
    const forbidden =
      /\b(?:browser|chrome)\.(?:runtime|storage|tabs|devtools|i18n)\b|\bdocument\.\w|\bwindow\.\w|\bDate\.now\(|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|\bnew Date\(\)/;
    const wrong = files
      .filter((file) => pure.includes(partOf(relative(src, file))))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line, index) => ({ line, at: `${relative(root, file)}:${index + 1}` }))
          .filter(({ line }) => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && forbidden.test(line))
          .map(({ at, line }) => `${at} ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });
});
