import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RuleMeta, RuleSettings } from '../../rules/types.ts';
import type { Storage } from '../platform.ts';

const KEY = 'rules';
const MAX_SUPPRESSED = 500;

/** The user's settings of the rules: read once, kept with every change. */
export class RuleSettingsStore {
  readonly metas: readonly RuleMeta[];
  readonly #value: Signal<RuleSettings> = signal({});
  readonly #storage: Storage;
  readonly #onChange: (settings: RuleSettings) => void;

  constructor(
    metas: readonly RuleMeta[],
    storage: Storage,
    onChange: (settings: RuleSettings) => void,
  ) {
    this.metas = metas;
    this.#storage = storage;
    this.#onChange = onChange;
  }

  get value(): ReadonlySignal<RuleSettings> {
    return this.#value;
  }

  async load(): Promise<void> {
    const kept = settingsFrom(await this.#storage.get(KEY), this.metas);
    this.#value.value = kept;
    if (Object.keys(kept).length > 0) this.#onChange(kept);
  }

  isOn(rule: string): boolean {
    return !(this.#value.value.off ?? []).includes(rule);
  }

  setOn(rule: string, on: boolean): void {
    const off = (this.#value.value.off ?? []).filter((id) => id !== rule);
    this.#set({ ...this.#value.value, off: on ? off : [...off, rule] });
  }

  threshold(rule: string, name: string): number | undefined {
    return (
      this.#value.value.thresholds?.[rule]?.[name] ??
      this.metas.find((meta) => meta.id === rule)?.thresholds[name]?.default
    );
  }

  /** `undefined` puts the default back. */
  setThreshold(rule: string, name: string, value: number | undefined): void {
    const { [name]: _, ...rest } = this.#value.value.thresholds?.[rule] ?? {};
    const mine = value === undefined ? rest : { ...rest, [name]: value };
    const { [rule]: __, ...others } = this.#value.value.thresholds ?? {};
    const thresholds = Object.keys(mine).length === 0 ? others : { ...others, [rule]: mine };
    this.#set({ ...this.#value.value, thresholds });
  }

  suppress(rule: string, endpoint: string): void {
    const suppressed = this.#value.value.suppressed ?? [];
    if (suppressed.some((one) => one.rule === rule && one.endpoint === endpoint)) return;
    this.#set({
      ...this.#value.value,
      suppressed: [...suppressed, { rule, endpoint }].slice(-MAX_SUPPRESSED),
    });
  }

  unsuppress(rule: string, endpoint: string): void {
    const suppressed = (this.#value.value.suppressed ?? []).filter(
      (one) => one.rule !== rule || one.endpoint !== endpoint,
    );
    this.#set({ ...this.#value.value, suppressed });
  }

  #set(settings: RuleSettings): void {
    this.#value.value = settings;
    void this.#storage.set(KEY, settings);
    this.#onChange(settings);
  }
}

/** What storage gave back, with everything left out that does not fit a known rule. */
export function settingsFrom(kept: unknown, metas: readonly RuleMeta[]): RuleSettings {
  if (!isObject(kept)) return {};
  const known = new Map(metas.map((meta) => [meta.id, meta]));
  const off = Array.isArray(kept.off)
    ? kept.off.filter((id): id is string => typeof id === 'string' && known.has(id))
    : [];
  const thresholds: Record<string, Record<string, number>> = {};
  for (const [rule, values] of isObject(kept.thresholds) ? Object.entries(kept.thresholds) : []) {
    const meta = known.get(rule);
    if (meta === undefined || !isObject(values)) continue;
    for (const [name, value] of Object.entries(values)) {
      const threshold = Object.hasOwn(meta.thresholds, name) ? meta.thresholds[name] : undefined;
      if (threshold === undefined || typeof value !== 'number') continue;
      if (!(value >= threshold.min && value <= threshold.max)) continue;
      thresholds[rule] ??= {};
      thresholds[rule][name] = value;
    }
  }
  const suppressed = (Array.isArray(kept.suppressed) ? kept.suppressed : [])
    .filter(isObject)
    .flatMap(({ rule, endpoint }) =>
      typeof rule === 'string' && typeof endpoint === 'string' ? [{ rule, endpoint }] : [],
    )
    .slice(0, MAX_SUPPRESSED);
  return {
    ...(off.length > 0 && { off }),
    ...(Object.keys(thresholds).length > 0 && { thresholds }),
    ...(suppressed.length > 0 && { suppressed }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
