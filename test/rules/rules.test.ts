import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/rules/registry.ts';
import { messageIds } from '../support/messages.ts';
import type { RuleCases } from './cases.ts';

const modules = import.meta.glob<{ cases: RuleCases }>('./*.cases.ts', { eager: true });
const tables = Object.values(modules).map(({ cases }) => cases);
const TOLD = new Map(tables.map((table) => [table.rule, table]));

describe('the registry', () => {
  const ids = RULES.map(({ meta }) => meta.id);

  it('has every rule once, under the name of its file', () => {
    const files = readdirSync(new URL('../../src/rules', import.meta.url))
      .filter((file) => /\.ts$/.test(file))
      .map((file) => file.replace(/\.ts$/, ''));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !files.includes(id))).toEqual([]);
  });

  it('has valid and invalid timelines for each rule', () => {
    for (const id of ids) {
      expect(TOLD.get(id)?.valid.length, id).toBeGreaterThan(0);
      // What only explains never fails.
      if (id !== 'server-closure') expect(TOLD.get(id)?.invalid.length, id).toBeGreaterThan(0);
    }
    expect([...TOLD.keys()].sort()).toEqual([...ids].sort());
  });

  it('has texts and labels for each rule in both languages', () => {
    for (const language of ['en', 'vi']) {
      const known = messageIds(language);
      for (const { meta } of RULES) {
        const camel = meta.id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        for (const text of ['title', 'why', 'fix', 'fine']) {
          expect(known).toContain(`rule_${camel}_${text}`);
        }
        for (const { data } of Object.values(TOLD.get(meta.id)?.invalid ?? {})) {
          if (data?.advice !== undefined) {
            expect(known).toContain(`rule_${camel}_fix_${data.advice}`);
          }
        }
        for (const name of Object.keys(meta.thresholds)) {
          expect(known).toContain(`rule_threshold_${name}`);
        }
      }
    }
  });

  it('keeps every default within its bounds', () => {
    for (const { meta } of RULES) {
      for (const { default: standard, min, max } of Object.values(meta.thresholds)) {
        expect(standard).toBeGreaterThanOrEqual(min);
        expect(standard).toBeLessThanOrEqual(max);
      }
    }
  });
});
