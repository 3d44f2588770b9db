import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { message } from '../../model/message.ts';
import type { SocketRecord } from '../../model/socket.ts';
import type { Finding } from '../../rules/types.ts';
import type { Storage } from '../platform.ts';
import type { SessionView } from '../session.ts';
import { compileOwnRule, type OwnRule, ownRulesFrom } from './own-rules.ts';
import { OWN_RULE_PREFIX, setOwnRuleTexts } from './rule-text.ts';

const KEY = 'own-rules';

/** The user's own rules: read once, kept with every change, applied to a session's sockets. */
export class OwnRuleStore {
  readonly #rules: Signal<readonly OwnRule[]> = signal([]);
  readonly #storage: Storage;
  #compiled: readonly { readonly rule: OwnRule; fits(socket: SocketRecord): boolean }[] = [];
  /** What fits a socket that has closed does not change any more. */
  #known = new WeakMap<SocketRecord, readonly OwnRule[]>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get rules(): ReadonlySignal<readonly OwnRule[]> {
    return this.#rules;
  }

  async load(): Promise<void> {
    const kept = await this.#storage.get(KEY);
    try {
      if (Array.isArray(kept)) this.#use(ownRulesFrom(kept));
    } catch {
      // Written by a version that this one does not know: the rules stay in storage untouched.
    }
  }

  set(rules: readonly OwnRule[]): void {
    this.#use(rules);
    void this.#storage.set(KEY, rules);
  }

  #use(rules: readonly OwnRule[]): void {
    this.#compiled = rules.map((rule) => ({ rule, fits: compileOwnRule(rule) }));
    this.#known = new WeakMap();
    setOwnRuleTexts(
      new Map(
        rules.map((rule) => [
          OWN_RULE_PREFIX + rule.id,
          { title: rule.name, why: rule.meaning, fix: rule.advice ?? '' },
        ]),
      ),
    );
    this.#rules.value = rules;
  }

  /** The view with the findings of the user's rules before all others. */
  applied(view: SessionView): SessionView {
    if (this.#rules.value.length === 0) return view;
    const findings = this.#findings(view);
    if (findings.length === 0) return view;
    const bySocket = new Map<string, Finding[]>();
    for (const finding of findings) {
      for (const id of finding.sockets) {
        const list = bySocket.get(id);
        if (list === undefined) bySocket.set(id, [finding]);
        else list.push(finding);
      }
    }
    return {
      ...view,
      findings: [...findings, ...view.findings],
      findingsOf: (id) => [...(bySocket.get(id) ?? []), ...view.findingsOf(id)],
    };
  }

  #findings(view: SessionView): Finding[] {
    const groups = new Map<string, { rule: OwnRule; endpoint: string; sockets: SocketRecord[] }>();
    for (const socket of view.sockets.values()) {
      if (socket.code === undefined) continue;
      let fitting = this.#known.get(socket);
      if (fitting === undefined) {
        fitting = this.#compiled.filter(({ fits }) => fits(socket)).map(({ rule }) => rule);
        this.#known.set(socket, fitting);
      }
      for (const rule of fitting) {
        const endpoint = view.chainOf(socket.id)?.endpoint ?? socket.url;
        const key = `${rule.id}\0${endpoint}`;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, { rule, endpoint, sockets: [socket] });
        else group.sockets.push(socket);
      }
    }
    return [...groups.values()].map(({ rule, endpoint, sockets }) => ({
      rule: OWN_RULE_PREFIX + rule.id,
      verdict: 'failed',
      sockets: sockets.map((socket) => socket.id),
      endpoint,
      message: message('panel_own_finding', { meaning: rule.meaning }),
      evidence: sockets.slice(0, 5).map((socket) => ({
        t: socket.closeAt ?? socket.lastAt,
        socket: socket.id,
        message: message(socket.reason ? 'panel_own_evidence_reason' : 'panel_own_evidence', {
          code: String(socket.code),
          reason: socket.reason ?? '',
        }),
      })),
      data: {},
      at: Math.max(...sockets.slice(-1).map((socket) => socket.closeAt ?? socket.lastAt)),
    }));
  }
}
