import { readFileSync } from 'node:fs';
import type { MessageKind } from '../../../src/model/events.ts';
import type { SocketRecord, Traffic } from '../../../src/model/socket.ts';
import { type TrafficRun, TrafficRuns } from '../../../src/model/traffic-runs.ts';
import type { CloseContext } from '../../../src/rules/causes/types.ts';
import type { CauseId } from '../../../src/rules/types.ts';

/** A close of the corpus, as `test/fixtures/corpus/README.md` tells. */
export interface CorpusRow {
  readonly id: string;
  readonly code: number;
  readonly reason: string;
  readonly server: string;
  readonly cause: CauseId;
  readonly alsoPlausible?: readonly CauseId[];
  readonly facts: {
    readonly closedAfterMs?: number;
    readonly beforeFirstMessage?: boolean;
    readonly lastSentType?: MessageKind;
    readonly messagesSentPerSec?: number;
    readonly urlHint?: string;
    readonly preAccept?: boolean;
  };
}

export function readCorpus(path: string): CorpusRow[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as CorpusRow);
}

export function noTraffic(): Traffic {
  return { messages: 0, bytes: 0, text: 0, binary: 0, largest: 0 };
}

export function runsOf(...runs: readonly TrafficRun[]): TrafficRuns {
  const list = new TrafficRuns();
  for (const { direction: type, from: firstT, to: t, ...rest } of runs) {
    list.add({ type, t, firstT, socket: 's1', ...rest });
  }
  return list;
}

/** A closed socket of which nothing is known but what is given. */
export function closedSocket(given: Partial<SocketRecord>): SocketRecord {
  const closeAt = given.closeAt ?? 1000;
  return {
    id: 's1',
    index: 0,
    url: 'wss://server.test/socket',
    realm: 'window',
    api: 'WebSocket',
    seenBy: 'recorder',
    state: 'closed',
    closeCalls: [],
    errors: 0,
    closeAt,
    wasClean: true,
    closedBy: 'server',
    closedByEvidence: [],
    sent: noTraffic(),
    received: noTraffic(),
    recent: new TrafficRuns(),
    bufferedPeak: 0,
    firstAt: 0,
    lastAt: closeAt,
    ...given,
  };
}

export interface RowOptions {
  /** Unknown facts become a socket that lived a second and sent nothing, as in a bare log. */
  readonly asLog?: boolean;
}

/**
 * What a row tells as a close to explain. Facts that the row does not have stay
 * unknown (a socket whose construction was not seen), unless `asLog` is set.
 */
export function contextOf(row: CorpusRow, options: RowOptions = {}): CloseContext {
  const { facts } = row;
  const told =
    options.asLog === true ||
    facts.beforeFirstMessage === true ||
    facts.lastSentType !== undefined ||
    facts.messagesSentPerSec !== undefined;
  const openAt = facts.closedAfterMs !== undefined || told ? 50 : undefined;
  const closeAt = 50 + (facts.closedAfterMs ?? 1000);
  const sent = noTraffic();
  let recent = runsOf();
  if (facts.lastSentType !== undefined || facts.messagesSentPerSec !== undefined) {
    const kind = facts.lastSentType ?? 'text';
    const count = facts.messagesSentPerSec ?? 1;
    const at = closeAt - 20;
    sent.messages = count;
    sent.bytes = count * 64;
    sent[kind] = count;
    sent.largest = 64;
    sent.firstAt = at - (count > 1 ? 900 : 0);
    sent.lastAt = at;
    sent.lastKind = kind;
    recent = runsOf({
      direction: 'send',
      kind,
      from: sent.firstAt,
      to: at,
      count,
      bytes: count * 64,
      largest: 64,
    });
  }
  const socket = closedSocket({
    code: row.code,
    reason: row.reason,
    url: facts.urlHint ?? 'wss://server.test/socket',
    closeAt,
    lastAt: closeAt,
    sent,
    recent,
    ...(told ? { openingAt: 0 } : {}),
    ...(openAt === undefined ? {} : { openAt }),
  });
  return { socket, earlier: [], contemporaries: [] };
}

export interface Answer {
  readonly row: CorpusRow;
  readonly best: CauseId;
  readonly confidence: number;
  readonly right: boolean;
  /** Right, or one of the labels that a fair reader could give. */
  readonly fair: boolean;
  readonly withinThree: boolean;
}

export function judge(
  row: CorpusRow,
  ranked: readonly { cause: CauseId; confidence: number }[],
): Answer {
  const first = ranked[0];
  if (first === undefined) throw new Error('An explanation is never empty');
  const right = first.cause === row.cause;
  return {
    row,
    best: first.cause,
    confidence: first.confidence,
    right,
    fair: right || (row.alsoPlausible ?? []).includes(first.cause),
    withinThree: ranked.slice(0, 3).some((each) => each.cause === row.cause),
  };
}

export interface Figures {
  readonly rows: number;
  /** Shares of the rows, 0 to 1. */
  readonly right: number;
  readonly fair: number;
  readonly withinThree: number;
  /** Answers given with a confidence of 0.8 or more. */
  readonly sure: number;
  /** Of the sure answers: share that is wrong, strictly and with the fair labels allowed. */
  readonly sureWrong: number;
  readonly sureUnfair: number;
}

export function figures(answers: readonly Answer[]): Figures {
  const sure = answers.filter((each) => each.confidence >= 0.8);
  const share = (part: readonly Answer[], whole: readonly Answer[]): number =>
    whole.length === 0 ? 0 : part.length / whole.length;
  return {
    rows: answers.length,
    right: share(
      answers.filter((each) => each.right),
      answers,
    ),
    fair: share(
      answers.filter((each) => each.fair),
      answers,
    ),
    withinThree: share(
      answers.filter((each) => each.withinThree),
      answers,
    ),
    sure: share(sure, answers),
    sureWrong: share(
      sure.filter((each) => !each.right),
      sure,
    ),
    sureUnfair: share(
      sure.filter((each) => !each.fair),
      sure,
    ),
  };
}
