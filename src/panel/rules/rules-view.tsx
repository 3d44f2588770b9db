import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Finding, Verdict } from '../../rules/types.ts';
import { usePanel } from '../context.ts';
import type { SessionView } from '../session.ts';
import { t } from '../words.ts';
import { FindingCard } from './finding-card.tsx';
import { OwnRulesView } from './own-rules-view.tsx';
import { RuleSettingsView } from './rule-settings.tsx';
import { isSerious } from './serious.ts';
import { VerdictMark } from './verdict-mark.tsx';

/** As the verdicts, but what failed without anything being wrong stands apart. */
type GroupId = Verdict | 'noted';
const ORDER: readonly GroupId[] = ['failed', 'noted', 'needs-review', 'passed', 'not-applicable'];
/** These stand open at first. */
const OPEN: ReadonlySet<GroupId> = new Set<GroupId>(['failed', 'noted', 'needs-review']);
/** More findings than this are a wall: they begin folded. */
const UNFOLDED = 5;
/** More cards than this are asked for by a button. */
const PAGE = 50;

export function RulesView() {
  const { store, settings, ui } = usePanel();
  const view = store.view.value;
  const scroller = useRef<HTMLDivElement>(null);
  const section = ui.rules.section.value;
  // Back from a socket or the settings, one goes on reading where one was.
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = ui.rules.scrollTop;
  }, [section]);
  const groups = new Map<GroupId, Finding[]>(ORDER.map((id) => [id, []]));
  for (const finding of view.findings) {
    const noted = finding.verdict === 'failed' && !isSerious(finding, settings.metas);
    groups.get(noted ? 'noted' : finding.verdict)?.push(finding);
  }
  const failed = groups.get('failed')?.length ?? 0;
  const specOf = (rule: string) => settings.metas.find((meta) => meta.id === rule)?.spec;
  return (
    <div class="rules-view">
      <div class="view-bar">
        {(['findings', 'settings', 'own'] as const).map((id) => (
          <button
            key={id}
            type="button"
            class="segment"
            aria-pressed={section === id}
            onClick={() => {
              ui.rules.section.value = id;
            }}
          >
            {t(`panel_rules_${id}`)}
          </button>
        ))}
        <span class="view-bar-space" />
        <SuppressedNote />
      </div>
      {section === 'settings' ? (
        <RuleSettingsView />
      ) : section === 'own' ? (
        <OwnRulesView />
      ) : (
        <div
          class="rules-scroll"
          ref={scroller}
          onScroll={(event) => {
            ui.rules.scrollTop = event.currentTarget.scrollTop;
          }}
        >
          {view.sockets.size === 0 ? (
            <div class="empty">
              <h2>{t('panel_rules_empty_title')}</h2>
              <p>{t('panel_rules_empty')}</p>
            </div>
          ) : (
            <>
              {failed === 0 && (
                <p class="all-well">
                  <VerdictMark verdict="passed" /> {t('panel_rules_none_failed')}
                </p>
              )}
              {ORDER.map((id) => {
                const findings = groups.get(id) ?? [];
                return findings.length === 0 ? null : (
                  <Group
                    key={id}
                    id={id}
                    findings={findings}
                    view={view}
                    specOf={specOf}
                    // Where the worst begin folded, what matters less does not stand wide open.
                    many={findings.length > UNFOLDED || failed > UNFOLDED}
                  />
                );
              })}
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Group(props: {
  id: GroupId;
  findings: readonly Finding[];
  view: SessionView;
  specOf: (rule: string) => string | undefined;
  many: boolean;
}) {
  const { id, findings, view, specOf, many } = props;
  const { settings, ui } = usePanel();
  const [open, setOpen] = useState(OPEN.has(id));
  const [shown, setShown] = useState(PAGE);
  /** What the user asked of all of them; each card has its own state from there. */
  const [folded, setFolded] = useState<boolean | undefined>(undefined);
  const allFolded = folded ?? many;
  return (
    <details
      class={`verdict-group verdict-group-${id}`}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <h2>
          {t(id === 'noted' ? 'panel_group_noted' : `panel_verdict_${id.replaceAll('-', '_')}`)}
        </h2>
        <span class="badge badge-quiet">{findings.length}</span>
        {id === 'noted' && <span class="muted group-hint">{t('panel_group_noted_hint')}</span>}
      </summary>
      {open && (
        <div class="finding-list">
          {many && (
            <button
              type="button"
              class="link fold-all"
              onClick={() => {
                ui.rules.folded.clear();
                setFolded(!allFolded);
              }}
            >
              {t(allFolded ? 'panel_unfold_all' : 'panel_fold_all')}
            </button>
          )}
          {keyed(findings.slice(0, shown)).map(([key, finding, causeTold]) => (
            <FindingCard
              key={`${key} ${folded}`}
              finding={finding}
              view={view}
              causeTold={causeTold}
              specOf={specOf}
              folded={ui.rules.folded.get(key) ?? allFolded}
              onFold={(one) => ui.rules.folded.set(key, one)}
              open={id === 'failed' && !many}
              quiet={id === 'noted'}
              onSuppress={
                OPEN.has(id) ? (one) => settings.suppress(one.rule, one.endpoint) : undefined
              }
            />
          ))}
          {findings.length > shown && (
            <button type="button" class="button" onClick={() => setShown(shown + PAGE)}>
              {t('panel_show_more', { count: Math.min(PAGE, findings.length - shown) })}
            </button>
          )}
        </div>
      )}
    </details>
  );
}

/**
 * Each with a key that stays its own while others come, go and change places, and whether one before it
 * named the same cause at the same endpoint.
 */
function keyed(findings: readonly Finding[]): [string, Finding, boolean][] {
  const met = new Map<string, number>();
  const causes = new Set<string>();
  return findings.map((finding) => {
    const name = `${finding.rule} ${finding.endpoint} ${finding.sockets[0] ?? ''}`;
    const before = met.get(name) ?? 0;
    met.set(name, before + 1);
    const cause = finding.causes?.[0]?.cause;
    const told = cause !== undefined && causes.has(`${cause} ${finding.endpoint}`);
    if (cause !== undefined) causes.add(`${cause} ${finding.endpoint}`);
    return [`${name} ${before}`, finding, told];
  });
}

function SuppressedNote() {
  const { settings, ui } = usePanel();
  const count = settings.value.value.suppressed?.length ?? 0;
  const off = settings.value.value.off?.length ?? 0;
  if (count + off === 0) return null;
  return (
    <button
      type="button"
      class="link nowrap"
      title={t('panel_rules_left_out_why')}
      onClick={() => {
        ui.rules.section.value = 'settings';
      }}
    >
      {[
        off > 0 ? t('panel_rules_off', { count: off }) : '',
        count > 0 ? t('panel_rules_suppressed', { count }) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
    </button>
  );
}
