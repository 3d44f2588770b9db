import { type Message, message } from '../model/message.ts';
import type { RuleSettings } from '../rules/types.ts';

export interface Arguments {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly all: boolean;
  readonly help: boolean;
  /** Undefined: the language of the environment. */
  readonly lang?: string;
  /** Only findings of these rules. Empty: of all. */
  readonly rules: readonly string[];
  readonly settings: RuleSettings;
}

/** A command line that cannot be carried out; told on standard error, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly detail: Message;
  constructor(detail: Message) {
    super(detail.id);
    this.detail = detail;
  }
}

/**
 * Reads the command line. Options may stand before, after or between the files; after `--`
 * everything is a file. `--name value` and `--name=value` are the same.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const files: string[] = [];
  const rules: string[] = [];
  const thresholds: Record<string, Record<string, number>> = {};
  let json = false;
  let all = false;
  let help = false;
  let lang: string | undefined;
  const rest = [...argv];
  const valueFor = (name: string, given: string | undefined): string => {
    const value = given ?? rest.shift();
    if (value === undefined || value === '') {
      throw new UsageError(message('cli_error_no_value', { option: name }));
    }
    return value;
  };
  for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
    if (next === '--') {
      files.push(...rest);
      break;
    }
    if (next === '-' || !next.startsWith('-')) {
      files.push(next);
      continue;
    }
    const at = next.indexOf('=');
    const name = at === -1 ? next : next.slice(0, at);
    const given = at === -1 ? undefined : next.slice(at + 1);
    if (name === '--json') json = true;
    else if (name === '--all') all = true;
    else if (name === '--help' || name === '-h') help = true;
    else if (name === '--lang') lang = valueFor(name, given);
    else if (name === '--rule') rules.push(...valueFor(name, given).split(','));
    else if (name === '--set') addThreshold(thresholds, valueFor(name, given));
    else throw new UsageError(message('cli_error_option', { option: name }));
  }
  return { files, json, all, help, lang, rules, settings: { thresholds } };
}

function addThreshold(thresholds: Record<string, Record<string, number>>, text: string): void {
  const parts = /^([\w-]+)\.([\w-]+)=(.+)$/.exec(text);
  const value = Number(parts?.[3]);
  if (parts === null || !Number.isFinite(value)) {
    throw new UsageError(message('cli_error_set', { text }));
  }
  const [, rule = '', threshold = ''] = parts;
  thresholds[rule] = { ...thresholds[rule], [threshold]: value };
}
