import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rulePages } from '../../scripts/rule-docs.ts';

const FOLDER = new URL('../../docs/rules/', import.meta.url);

it('has a current page for each rule and no other (npm run docs:rules)', async () => {
  const pages = await rulePages();
  expect(readdirSync(FOLDER).sort()).toEqual([...pages.keys()].sort());
  for (const [file, text] of pages) {
    expect(readFileSync(new URL(file, FOLDER), 'utf8'), file).toBe(text);
  }
});

it('says of each rule why it matters, how to fix it and when it is fine', async () => {
  for (const [file, text] of await rulePages()) {
    if (file === 'README.md') continue;
    for (const heading of ['How to fix it', 'When it is fine', 'What it says', 'Examples']) {
      const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0]?.trim() ?? '';
      expect(section.length, `${file}: ${heading}`).toBeGreaterThan(0);
    }
  }
});
