import { useState } from 'preact/hooks';
import type { Finding, Verdict } from '../../rules/types.ts';
import { usePanel } from '../context.ts';
import type { SessionView } from '../session.ts';
import { t } from '../words.ts';
import { FindingCard } from './finding-card.tsx';
import { OwnRulesView } from './own-rules-view.tsx';
import { RuleSettingsView } from './rule-settings.tsx';
import { VerdictMark } from './verdict-mark.tsx';

const ORDER: readonly Verdict[] = ['failed', 'needs-review', 'passed', 'not-applicable'];
/** Groups of this verdict stand open at first. */
const OPEN: ReadonlySet<Verdict> = new Set<Verdict>(['failed', 'needs-review']);
/** More cards than this are asked for by a button. */
const PAGE = 50;

export function RulesView() {
  const { store, settings } = usePanel();
  const view = store.view.value;
  const [section, setSection] = useState<'findings' | 'settings' | 'own'>('findings');
  const groups = new Map<Verdict, Finding[]>(ORDER.map((verdict) => [verdict, []]));
  for (const finding of view.findings) groups.get(finding.verdict)?.push(finding);
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
            onClick={() => setSection(id)}
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
        <div class="rules-scroll">
          {view.sockets.size === 0 ? (
            <div class="empty">
              <h2>{t('panel_rules_empty_title')}</h2>
              <p>{t('panel_rules_empty')}</p>
            </div>
          ) : (
            <>
              {groups.get('failed')?.length === 0 && (
                <p class="all-well">
                  <VerdictMark verdict="passed" /> {t('panel_rules_none_failed')}
                </p>
              )}
              {ORDER.map((verdict) => {
                const findings = groups.get(verdict) ?? [];
                return findings.length === 0 ? null : (
                  <Group
                    key={verdict}
                    verdict={verdict}
                    findings={findings}
                    view={view}
                    specOf={specOf}
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
  verdict: Verdict;
  findings: readonly Finding[];
  view: SessionView;
  specOf: (rule: string) => string | undefined;
}) {
  const { verdict, findings, view, specOf } = props;
  const { settings } = usePanel();
  const [open, setOpen] = useState(OPEN.has(verdict));
  const [shown, setShown] = useState(PAGE);
  return (
    <details
      class={`verdict-group verdict-group-${verdict}`}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <h2>{t(`panel_verdict_${verdict.replaceAll('-', '_')}`)}</h2>
        <span class="badge badge-quiet">{findings.length}</span>
      </summary>
      {open && (
        <div class="finding-list">
          {findings.slice(0, shown).map((finding, i) => (
            <FindingCard
              key={`${finding.rule} ${finding.endpoint} ${finding.sockets[0] ?? ''} ${i}`}
              finding={finding}
              view={view}
              specOf={specOf}
              open={verdict === 'failed' && findings.length <= 3}
              onSuppress={
                verdict === 'failed' || verdict === 'needs-review'
                  ? (one) => settings.suppress(one.rule, one.endpoint)
                  : undefined
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

function SuppressedNote() {
  const { settings } = usePanel();
  const count = settings.value.value.suppressed?.length ?? 0;
  const off = settings.value.value.off?.length ?? 0;
  if (count + off === 0) return null;
  return (
    <span class="muted nowrap">
      {[
        off > 0 ? t('panel_rules_off', { count: off }) : '',
        count > 0 ? t('panel_rules_suppressed', { count }) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}
