import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/i18n/index.ts';
import { idsMadeIn, NAMES_MESSAGE } from './ids.ts';
import { EQUAL_IN_BOTH, isSameByNature } from './same-texts.ts';

interface Entry {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'public/_locales');

function read(locale: string): Readonly<Record<string, Entry>> {
  return JSON.parse(readFileSync(join(folder, locale, 'messages.json'), 'utf8'));
}

const locales = Object.fromEntries(LOCALES.map((locale) => [locale, read(locale)]));
const en = locales.en!;
const vi = locales.vi!;
const ids = Object.keys(en);

const marksOf = (text: string) =>
  [...text.matchAll(/\$(\w+)\$/g)].map(([, name]) => name!.toLowerCase());
const unique = (names: readonly string[]) => [...new Set(names)].sort();

describe('the languages hold together', () => {
  it('are those that the translator knows', () => {
    expect(readdirSync(folder).sort()).toEqual([...LOCALES].sort());
  });

  it('have the same ids, in order', () => {
    expect(Object.keys(vi)).toEqual(ids);
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('have the same placeholders', () => {
    const differing = ids.filter(
      (id) =>
        unique(marksOf(en[id]!.message)).join() !== unique(marksOf(vi[id]!.message)).join() ||
        JSON.stringify(en[id]!.placeholders) !== JSON.stringify(vi[id]!.placeholders),
    );
    expect(differing).toEqual([]);
  });

  it('have both forms of every plural, the many at the least under the id itself', () => {
    const stems = ids.flatMap((id) => /^(.*)_(?:one|other)$/.exec(id)?.[1] ?? []);
    const halves = stems.filter(
      (stem) => !(`${stem}_one` in en && (`${stem}_other` in en || stem in en)),
    );
    expect(unique(halves)).toEqual([]);
  });

  it('say things differently', () => {
    const same = ids.filter(
      (id) => en[id]!.message === vi[id]!.message && !isSameByNature(id, en[id]!.message),
    );
    expect(same).toEqual([]);
  });

  it('name no text as equal that differs or is gone', () => {
    const stale = [...EQUAL_IN_BOTH].filter(
      (id) => en[id]?.message !== vi[id]?.message || !(id in en),
    );
    expect(stale).toEqual([]);
  });
});

describe.each(LOCALES)('%s is a messages.json that browsers take', (locale) => {
  const entries = Object.entries(locales[locale]!);

  it('has ids of letters, digits and underscores, none twice in another case', () => {
    expect(entries.map(([id]) => id).filter((id) => !/^[A-Za-z0-9_]+$/.test(id))).toEqual([]);
    const lower = entries.map(([id]) => id.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
  });

  it('declares every placeholder, as $1 to $9, and no other', () => {
    for (const [id, { message, placeholders = {} }] of entries) {
      expect(unique(marksOf(message)), id).toEqual(unique(Object.keys(placeholders)));
      const contents = Object.values(placeholders).map(({ content }) => content);
      expect(
        contents.filter((content) => !/^\$[1-9]$/.test(content)),
        id,
      ).toEqual([]);
      expect(new Set(contents).size, id).toBe(contents.length);
    }
  });

  it('has no empty, untrimmed or doubly spaced text, and no stray dollar sign', () => {
    for (const [id, { message }] of entries) {
      expect(message.trim(), id).toBe(message);
      expect(message, id).not.toBe('');
      // Only a table of the command line lines its words up.
      if (!message.includes('\n')) expect(message, id).not.toMatch(/ {2}/);
      expect(message.replace(/\$\w+\$|\$\$/g, ''), id).not.toContain('$');
    }
  });

  it('writes no unit behind a placeholder that brings its own', () => {
    const doubled = entries.filter(([, { message }]) =>
      /\$(\w+_)?MS\$\s*(s|giây|giay)(?!\p{L})|\$(\w+_)?BYTES\$\s*(B|kB)\b|PERCENT\$\s*%/iu.test(
        message,
      ),
    );
    expect(doubled.map(([id]) => id)).toEqual([]);
  });

  it('is composed (NFC), so that searching finds it', () => {
    const decomposed = entries.filter(([, { message }]) => message !== message.normalize('NFC'));
    expect(decomposed.map(([id]) => id)).toEqual([]);
  });
});

describe('ids and sources', () => {
  const files = sources(join(root, 'src'));
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const literals = new Set(
    [...text.matchAll(/['"`]([A-Za-z][A-Za-z0-9_]*)['"`]/g)].map(([, literal]) => literal!),
  );
  const made = idsMadeIn(text);
  const has = (id: string) => id in en || `${id}_other` in en;

  it('find a text for every id that the sources name', () => {
    const asked = [...literals].filter((literal) => NAMES_MESSAGE.test(literal));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((id) => !has(id)).sort()).toEqual([]);
  });

  it('keep no text that nobody asks for', () => {
    const manifest = readFileSync(join(root, 'manifest.json'), 'utf8');
    const unused = ids.filter((id) => {
      const stem = plain(id);
      return !(
        literals.has(id) ||
        literals.has(stem) ||
        manifest.includes(`__MSG_${id}__`) ||
        made.some((pattern) => pattern.test(id) || pattern.test(stem))
      );
    });
    expect(unused).toEqual([]);
  });

  it('make no id from parts that has no text at all', () => {
    const idle = made.filter((pattern) => !ids.some((id) => pattern.test(plain(id))));
    expect(idle.map(String)).toEqual([]);
  });
});

function plain(id: string): string {
  return id.replace(/_(?:one|other)$/, '');
}

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|tsx|html)$/.test(entry.name) ? [path] : [];
  });
}
