import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CauseId } from '../../src/rules/types.ts';

const CAUSES: Readonly<Record<CauseId, true>> = {
  'auth-missing': true,
  'auth-invalid': true,
  'auth-expired': true,
  forbidden: true,
  'forbidden-origin': true,
  'rate-limit': true,
  'quota-or-billing': true,
  'connection-limit': true,
  'message-too-large': true,
  'message-malformed': true,
  'content-policy': true,
  'unsupported-feature-or-endpoint': true,
  'not-found': true,
  'protocol-or-subprotocol': true,
  'idle-timeout': true,
  'slow-consumer': true,
  'duplicate-session': true,
  'replaced-or-kicked': true,
  'session-expired': true,
  'server-restart': true,
  'server-shutdown': true,
  'internal-error': true,
  unknown: true,
};

describe.each(['en', 'vi'])('the causes in %s', (locale) => {
  const file = join(import.meta.dirname, '../../public/_locales', locale, 'messages.json');
  const texts: Record<string, { message: string }> = JSON.parse(readFileSync(file, 'utf8'));
  const ids = Object.keys(CAUSES).map((cause) => `cause_${cause.replaceAll('-', '_')}`);

  it('each have a name, a meaning and what to do', () => {
    const wanted = ids.flatMap((id) => [id, `${id}_meaning`, `${id}_fix`]);
    expect(wanted.filter((id) => texts[id] === undefined)).toEqual([]);
    const known = Object.keys(texts).filter((id) => id.startsWith('cause_'));
    expect(known.filter((id) => !wanted.includes(id))).toEqual([]);
  });

  it('have names that stand inside of a sentence', () => {
    for (const id of ids) expect(texts[id]?.message, id).not.toMatch(/[.!?]$/);
  });
});
