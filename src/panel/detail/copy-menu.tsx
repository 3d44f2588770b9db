import { useSignal } from '@preact/signals';
import { createRedactor } from '../../log/index.ts';
import { nameOfCode } from '../../model/close-codes.ts';
import { copyText } from '../clipboard.ts';
import { usePanel } from '../context.ts';
import { sessionLog } from '../export/session-log.ts';
import { writeBlob } from '../export/write-blob.ts';
import { Icon } from '../icons.tsx';
import { titleOf } from '../rules/rule-text.ts';
import { t, words } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';
import { markdownText } from './markdown.ts';
import { sentencesOf } from './sentence.ts';
import { timelineOf } from './timeline.ts';

/** How long it is said that the text was copied. */
const SAID_MS = 3_000;

type Form = 'text' | 'markdown' | 'log';

/** Copies the socket's story, with secrets taken out. */
export function CopyMenu({ socket, view }: DetailTabProps) {
  const { store, generator } = usePanel();
  const open = useSignal(false);
  const said = useSignal('');

  const copy = async (form: Form) => {
    open.value = false;
    const session = store.current.value;
    let text: string;
    if (form === 'log') {
      const log = sessionLog(session, generator, new Set([socket.id]));
      text = await (await writeBlob(log, {}, 'json', false)).text();
    } else text = story(form === 'markdown');
    said.value = t((await copyText(text)) ? 'panel_copied' : 'panel_copy_failed');
    setTimeout(() => {
      said.value = '';
    }, SAID_MS);
  };

  const story = (markdown: boolean): string => {
    // The same redaction as an export's: a copy is meant for others' eyes.
    const redactor = createRedactor({});
    const opening = redactor.event({ type: 'opening', t: 0, socket: socket.id, url: socket.url });
    const url = 'url' in opening ? (opening.url ?? '') : '';
    const closing = redactor.event({
      type: 'close',
      t: 0,
      socket: socket.id,
      code: socket.code ?? 1005,
      reason: socket.reason ?? '',
      wasClean: socket.wasClean ?? false,
    });
    const reason = 'reason' in closing ? (closing.reason ?? '') : '';
    const clean = { ...socket, url, reason };
    const { duration } = words.value;
    const safe = markdown ? markdownText : (text: string) => text;
    const lines: string[] = [];
    lines.push(markdown ? `### ${safe(url)}` : url, '');
    lines.push(
      safe(
        sentencesOf(clean, view)
          .map((one) => t(one))
          .join(' '),
      ),
      '',
    );
    if (socket.code !== undefined) {
      const facts = [
        `${t('panel_fact_code')}: ${socket.code} ${t(nameOfCode(socket.code))}`,
        `${t('panel_fact_reason')}: ${reason || t('panel_none')}`,
        `wasClean: ${socket.wasClean}`,
        `${t('panel_column_closedBy')}: ${t(`panel_closed_by_${socket.closedBy ?? 'unknown'}`)}`,
      ];
      lines.push(...facts.map((fact) => (markdown ? `- ${safe(fact)}` : fact)), '');
    }
    const zero = socket.openingAt ?? socket.firstAt;
    const events = store.current.value.log
      .ofSocket(socket.id)
      .map((event) => redactor.event(event));
    for (const item of timelineOf(events).slice(0, 100)) {
      const line = `+${duration(Math.max(0, item.t - zero))}  ${t(item.text)}`;
      lines.push(markdown ? `- ${safe(line)}` : line);
    }
    const findings = view.findingsOf(socket.id).filter((one) => one.verdict === 'failed');
    if (findings.length > 0) lines.push('');
    for (const finding of findings) {
      const line = `${titleOf(finding)}: ${t(finding.message)}`;
      lines.push(markdown ? `- **${safe(titleOf(finding))}**: ${safe(t(finding.message))}` : line);
    }
    return `${lines.join('\n').trimEnd()}\n`;
  };

  return (
    <div
      class="menu"
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) open.value = false;
      }}
    >
      <span class="copy-said" role="status">
        {said.value}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={t('panel_copy')}
        title={t('panel_copy')}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="copy" />
      </button>
      {open.value && (
        <div
          class="menu-list"
          role="menu"
          aria-label={t('panel_copy')}
          ref={(element) => element?.querySelector('button')?.focus()}
          onKeyDown={(event) => {
            const items = [...event.currentTarget.querySelectorAll('button')];
            const at = items.indexOf(document.activeElement as HTMLButtonElement);
            if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
            else if (event.key === 'ArrowUp')
              items[(at + items.length - 1) % items.length]?.focus();
            else if (event.key === 'Escape') {
              open.value = false;
              event.currentTarget.parentElement?.querySelector('button')?.focus();
            } else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          {(['text', 'markdown', 'log'] as const).map((form) => (
            <button key={form} type="button" role="menuitem" onClick={() => void copy(form)}>
              {t(`panel_copy_${form}`)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
