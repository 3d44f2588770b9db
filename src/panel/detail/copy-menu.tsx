import { useSignal } from '@preact/signals';
import { copyText } from '../clipboard.ts';
import { usePanel } from '../context.ts';
import { secretsElsewhere, sessionLog } from '../export/session-log.ts';
import { writeBlob } from '../export/write-blob.ts';
import { Icon } from '../icons.tsx';
import { t } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';
import { storyOf } from './story.ts';

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
      text = await (
        await writeBlob(log, {}, 'json', false, { others: secretsElsewhere(view) })
      ).text();
    } else text = storyOf(socket, view, session.log.ofSocket(socket.id), form === 'markdown');
    said.value = t((await copyText(text)) ? 'panel_copied' : 'panel_copy_failed');
    setTimeout(() => {
      said.value = '';
    }, SAID_MS);
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
