/** What the panel must show of the misbehaving site, checked against what it did show. */
import type { Scenario } from '../demo/scenarios.ts';
import { causeTitle, ruleTitle, type ShownFinding, type SocketRow } from './panel-reader.ts';

export interface Shown {
  readonly sockets: readonly SocketRow[];
  readonly findings: readonly ShownFinding[];
}

/** The address of a scenario's sockets, whatever host, port and query it has. */
const isOf = (id: string) => {
  const end = new RegExp(`/ws/${id}(\\?|$)`);
  return (address: string | undefined) => end.test(address ?? '');
};

export function socketsOf(id: string, { sockets }: Shown): SocketRow[] {
  const own = isOf(id);
  return sockets.filter((row) => own(row.URL));
}

export function failedOf(id: string, { findings }: Shown): ShownFinding[] {
  const own = isOf(id);
  return findings.filter((each) => each.verdict === 'Failed' && own(each.endpoint));
}

/** One line for each thing that a scenario should have shown and did not; empty where all is well. */
export function discrepancies(scenario: Scenario, shown: Shown): string[] {
  const { id, expected } = scenario;
  const lines: string[] = [];
  const [first] = socketsOf(id, shown);
  const failed = failedOf(id, shown);
  const findingOf = (rule: string) => failed.find((each) => each.title === ruleTitle(rule));
  if (first === undefined) return [`${id}: no socket is listed`];
  if (expected.code !== undefined && !first.Code?.startsWith(String(expected.code))) {
    lines.push(`${id}: code ${expected.code} expected, "${first.Code}" shown`);
  }
  if (expected.reason !== undefined && first.Reason !== expected.reason) {
    lines.push(`${id}: reason "${expected.reason}" expected, "${first.Reason}" shown`);
  }
  for (const rule of expected.fires) {
    if (findingOf(rule) === undefined) lines.push(`${id}: "${ruleTitle(rule)}" did not fail`);
  }
  for (const rule of expected.silent) {
    if (findingOf(rule) !== undefined) lines.push(`${id}: "${ruleTitle(rule)}" should not fail`);
  }
  const [cause] = findingOf('policy-violation')?.causes ?? [];
  if (expected.cause !== undefined && cause !== causeTitle(expected.cause)) {
    lines.push(`${id}: first cause "${causeTitle(expected.cause)}" expected, "${cause}" shown`);
  }
  return lines;
}
