import { countCodes } from '../code-counts.ts';
import { CodePage } from '../codes/code-page.tsx';
import { usePanel } from '../context.ts';
import { t, words } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';

/** What the socket's close code means. */
export function CodeTab({ socket, view }: DetailTabProps) {
  const { ui } = usePanel();
  if (socket.code === undefined) return <p class="hint">{t('panel_code_tab_none')}</p>;
  return (
    <div class="code-tab codes">
      <CodePage
        words={words.value}
        code={socket.code}
        counts={countCodes(view)}
        sockets={[]}
        onShowSockets={(code) => {
          ui.filter.value = `code:${code}`;
        }}
        onCompareWith={(other) => {
          ui.code.value = socket.code;
          ui.compare.value = [socket.code ?? 1000, other];
          ui.tab.value = 'codes';
        }}
      />
    </div>
  );
}
