import { FindingCard } from '../rules/finding-card.tsx';
import { t } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';

export function FindingsTab({ socket, view }: DetailTabProps) {
  const findings = view
    .findingsOf(socket.id)
    .filter((finding) => finding.verdict !== 'not-applicable' && finding.verdict !== 'passed');
  if (findings.length === 0) return <p class="hint">{t('panel_findings_none')}</p>;
  return (
    <div class="finding-list">
      {findings.map((finding) => (
        <FindingCard
          key={`${finding.rule} ${finding.endpoint} ${finding.at}`}
          finding={finding}
          view={view}
          open
        />
      ))}
    </div>
  );
}
