import { createRedactor, escaped } from '../../log/index.ts';
import { nameOfCode } from '../../model/close-codes.ts';
import type { SessionEvent } from '../../model/events.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { secretsElsewhere } from '../export/session-log.ts';
import { titleOf } from '../rules/rule-text.ts';
import type { SessionView } from '../session.ts';
import { t, words } from '../words.ts';
import { sentencesOf } from './sentence.ts';
import { timelineOf } from './timeline.ts';

/** A socket's life to be pasted somewhere, as text or as Markdown, with secrets taken out. */
export function storyOf(
  socket: SocketRecord,
  view: SessionView,
  events: readonly SessionEvent[],
  markdown: boolean,
): string {
  // The same redaction as an export's: a copy is meant for others' eyes.
  const redactor = createRedactor({});
  for (const event of secretsElsewhere(view)) redactor.learn(event);
  for (const event of events) redactor.learn(event);
  const url = redactor.url(socket.url);
  const { duration } = words.value;
  // Sentences are made of what was seen: whatever they quote is looked at as they stand.
  const safe = (text: string) => (markdown ? escaped(redactor.text(text)) : redactor.text(text));
  const lines: string[] = [];
  lines.push(markdown ? `### ${escaped(url)}` : url, '');
  lines.push(
    safe(
      sentencesOf(socket, view)
        .map((one) => t(one))
        .join(' '),
    ),
    '',
  );
  if (socket.code !== undefined) {
    const facts = [
      `${t('panel_fact_code')}: ${socket.code} ${t(nameOfCode(socket.code))}`,
      `${t('panel_fact_reason')}: ${socket.reason || t('panel_none')}`,
      `wasClean: ${socket.wasClean}`,
      `${t('panel_column_closedBy')}: ${t(`panel_closed_by_${socket.closedBy ?? 'unknown'}`)}`,
    ];
    lines.push(...facts.map((fact) => `${markdown ? '- ' : ''}${safe(fact)}`), '');
  }
  const zero = socket.openingAt ?? socket.firstAt;
  for (const item of timelineOf(events).slice(0, 100)) {
    const line = `+${duration(Math.max(0, item.t - zero))}  ${t(item.text)}`;
    lines.push(`${markdown ? '- ' : ''}${safe(line)}`);
  }
  const findings = view.findingsOf(socket.id).filter((one) => one.verdict === 'failed');
  if (findings.length > 0) lines.push('');
  for (const finding of findings) {
    const [title, said] = [safe(titleOf(finding)), safe(t(finding.message))];
    lines.push(markdown ? `- **${title}**: ${said}` : `${title}: ${said}`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
