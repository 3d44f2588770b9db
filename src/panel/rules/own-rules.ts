import { type Message, message } from '../../model/message.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { parseFilter, type Range } from '../filter/parse.ts';
import { compileExpression, HugeExpression } from './expression.ts';
import { UnreadExpression } from './expression-tree.ts';

/**
 * A rule that a user wrote, so that a team can teach the panel its servers' codes. A socket fits
 * when everything that is given fits; at least one of code, reason and url is given.
 */
export interface OwnRule {
  /** Unique among the user's rules. */
  readonly id: string;
  readonly name: string;
  /** As the filter reads codes: `4401`, `4000-4099`, `4xxx`, `>=4000`, with commas between. */
  readonly code?: string;
  /** Part of the close reason, or an expression between slashes: `/^quota .* exceeded$/`. */
  readonly reason?: string;
  /** Part of the URL, or an expression between slashes. */
  readonly url?: string;
  readonly meaning: string;
  readonly advice?: string;
}

export const OWN_RULES_FORMAT = 'websocket-close-rules';
export const OWN_RULES_VERSION = 1;

export const OWN_LIMITS = {
  rules: 100,
  name: 80,
  pattern: 200,
  text: 2_000,
  file: 500_000,
} as const;

/** Reasons are at most 123 bytes; of a URL no more than this is looked at. */
const LOOKED_AT = 512;
/** Texts whose answer an expression keeps. */
const REMEMBERED = 1_000;

/** What is wrong with a file or a form, and where. */
export class OwnRuleError extends Error {
  readonly detail: Message;
  readonly field: string | undefined;
  constructor(detail: Message, field?: string) {
    super(detail.id);
    this.detail = detail;
    this.field = field;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one rule from untrusted fields.
 * @throws OwnRuleError naming the field
 */
export function ownRuleFrom(fields: Fields): OwnRule {
  const rule: OwnRule = {
    id: text(fields, 'id', 64, true) ?? '',
    name: text(fields, 'name', OWN_LIMITS.name, true) ?? '',
    code: text(fields, 'code', OWN_LIMITS.pattern),
    reason: text(fields, 'reason', OWN_LIMITS.pattern),
    url: text(fields, 'url', OWN_LIMITS.pattern),
    meaning: text(fields, 'meaning', OWN_LIMITS.text, true) ?? '',
    advice: text(fields, 'advice', OWN_LIMITS.text),
  };
  if (rule.code === undefined && rule.reason === undefined && rule.url === undefined) {
    throw new OwnRuleError(message('panel_own_error_nothing'), 'code');
  }
  if (rule.code !== undefined && rangesOf(rule.code) === undefined) {
    throw new OwnRuleError(message('panel_own_error_code', { value: rule.code }), 'code');
  }
  for (const field of ['reason', 'url'] as const) {
    const problem = rule[field] === undefined ? undefined : patternProblem(rule[field]);
    if (problem !== undefined) throw new OwnRuleError(problem, field);
  }
  return Object.fromEntries(
    Object.entries(rule).filter(([, value]) => value !== undefined),
  ) as unknown as OwnRule;
}

function text(fields: Fields, name: string, longest: number, needed = false): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined || value === '') {
    if (needed) throw new OwnRuleError(message('panel_own_error_missing', { field: name }), name);
    return undefined;
  }
  if (typeof value !== 'string') {
    throw new OwnRuleError(message('panel_own_error_type', { field: name }), name);
  }
  if (value.length > longest) {
    throw new OwnRuleError(message('panel_own_error_long', { field: name, most: longest }), name);
  }
  return value;
}

/** @throws OwnRuleError with the number of the rule that is wrong; nothing is taken over then. */
export function parseOwnRules(json: string): OwnRule[] {
  if (json.length > OWN_LIMITS.file) throw new OwnRuleError(message('panel_own_error_big'));
  let file: unknown;
  try {
    file = JSON.parse(json);
  } catch {
    throw new OwnRuleError(message('panel_own_error_json'));
  }
  if (!isFields(file) || file.format !== OWN_RULES_FORMAT || !Array.isArray(file.rules)) {
    throw new OwnRuleError(message('panel_own_error_format'));
  }
  if (file.version !== OWN_RULES_VERSION) {
    throw new OwnRuleError(message('panel_own_error_version', { version: String(file.version) }));
  }
  return ownRulesFrom(file.rules);
}

/** @throws OwnRuleError */
export function ownRulesFrom(list: readonly unknown[]): OwnRule[] {
  if (list.length > OWN_LIMITS.rules) {
    throw new OwnRuleError(message('panel_own_error_many', { most: OWN_LIMITS.rules }));
  }
  const ids = new Set<string>();
  return list.map((one, i) => {
    try {
      if (!isFields(one)) throw new OwnRuleError(message('panel_own_error_object'));
      const rule = ownRuleFrom(one);
      if (ids.has(rule.id))
        throw new OwnRuleError(message('panel_own_error_twice', { id: rule.id }));
      ids.add(rule.id);
      return rule;
    } catch (error) {
      if (!(error instanceof OwnRuleError)) throw error;
      throw new OwnRuleError(
        message('panel_own_error_rule', { number: i + 1, problem: error.detail }),
        error.field,
      );
    }
  });
}

export function writeOwnRules(rules: readonly OwnRule[]): string {
  return `${JSON.stringify({ format: OWN_RULES_FORMAT, version: OWN_RULES_VERSION, rules }, null, 2)}\n`;
}

/** Whether a socket fits a rule. Only sockets that closed are asked about. */
export function compileOwnRule(rule: OwnRule): (socket: SocketRecord) => boolean {
  const ranges = rule.code === undefined ? undefined : rangesOf(rule.code);
  const reason = rule.reason === undefined ? undefined : patternOf(rule.reason);
  const url = rule.url === undefined ? undefined : patternOf(rule.url);
  return (socket) => {
    const { code } = socket;
    if (code === undefined) return false;
    if (ranges !== undefined && !ranges.some(({ from, to }) => code >= from && code <= to))
      return false;
    if (reason !== undefined && !reason(socket.reason ?? '')) return false;
    return url === undefined || url(socket.url);
  };
}

function rangesOf(code: string): readonly Range[] | undefined {
  const { terms, errors } = parseFilter(`code:${code.replaceAll(/\s/g, '')}`);
  const test = terms[0]?.test;
  return errors.length === 0 && terms.length === 1 && test?.kind === 'number'
    ? test.ranges
    : undefined;
}

function patternOf(pattern: string): (value: string) => boolean {
  const source = expressionOf(pattern);
  if (source === undefined) {
    const part = pattern.toLowerCase();
    return (value) => value.slice(0, LOOKED_AT).toLowerCase().includes(part);
  }
  const expression = compileExpression(source);
  // Servers close with the same few reasons over and over.
  const known = new Map<string, boolean>();
  return (value) => {
    const looked = value.slice(0, LOOKED_AT);
    let fits = known.get(looked);
    if (fits === undefined) {
      fits = expression.test(looked);
      if (known.size >= REMEMBERED) known.clear();
      known.set(looked, fits);
    }
    return fits;
  };
}

function expressionOf(pattern: string): string | undefined {
  return pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/')
    ? pattern.slice(1, -1)
    : undefined;
}

/** What keeps a pattern from being used. */
function patternProblem(pattern: string): Message | undefined {
  const source = expressionOf(pattern);
  if (source === undefined) return undefined;
  try {
    compileExpression(source);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadExpression) return message('panel_own_error_unread');
    if (error instanceof HugeExpression) return message('panel_own_error_huge');
    return message('panel_own_error_expression', {
      problem: error instanceof Error ? faultOf(error) : '',
    });
  }
}

/** What the engine says, without the expression and the flags that nobody typed. */
function faultOf(error: Error): string {
  return error.message
    .replace(/^Invalid regular expression: (?:\/.*\/[a-z]*: )?/s, '')
    .slice(0, 200);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
