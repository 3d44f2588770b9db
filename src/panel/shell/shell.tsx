import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { MergeDialog } from '../import/merge-dialog.tsx';
import { useImport } from '../import/use-import.ts';
import { RulesView } from '../rules/rules-view.tsx';
import { SocketsView } from '../sockets/sockets-view.tsx';
import { TabPanel } from '../tabs.tsx';
import { t } from '../words.ts';
import { CodesTab } from './codes-tab.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { LiveRegion } from './live-region.tsx';
import { Notices } from './notices.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toolbar } from './toolbar.tsx';

const VIEWS = { sockets: SocketsView, rules: RulesView, codes: CodesTab } as const;

export function Shell() {
  const { ui, platform } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const importing = useImport();
  const [over, setOver] = useState(false);
  const tab = ui.tab.value;
  const View = VIEWS[tab];

  useSignalEffect(() => {
    document.documentElement.dataset.theme = platform.theme.value;
  });
  useSignalEffect(() => {
    document.title = t('panel_title');
  });
  useSignalEffect(() => {
    platform.setRecording?.({ previews: ui.previews.value, paused: ui.paused.value });
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = (event.target as Element | null)?.closest?.('input, textarea, select') != null;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
        if (ui.tab.value === 'rules') return;
        if (ui.tab.value === 'sockets') {
          event.preventDefault();
          const input = document.getElementById('filter') as HTMLInputElement | null;
          input?.focus();
          input?.select();
        }
      } else if (event.key === '?' && !typing) {
        event.preventDefault();
        ui.dialog.value = 'help';
      } else if (event.altKey && /^[123]$/.test(event.key)) {
        event.preventDefault();
        ui.tab.value = (['sockets', 'rules', 'codes'] as const)[Number(event.key) - 1]!;
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped anywhere; Import does the same.
    <div
      class={`shell ${over ? 'shell-drop' : ''}`}
      ref={root}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.target === root.current || event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!event.dataTransfer?.files.length) return;
        event.preventDefault();
        void importing.open([...event.dataTransfer.files]);
      }}
    >
      <Toolbar importing={importing} />
      <Notices importing={importing} />
      <TabPanel prefix="panel" id={tab} class="main">
        <View />
      </TabPanel>
      <StatusBar />
      <LiveRegion />
      {over && <div class="drop-hint">{t('panel_drop_hint')}</div>}
      {ui.dialog.value === 'export' && (
        <ExportDialog
          onClose={() => {
            ui.dialog.value = undefined;
          }}
        />
      )}
      {ui.dialog.value === 'merge' && (
        <MergeDialog
          importing={importing}
          onClose={() => {
            ui.dialog.value = undefined;
          }}
        />
      )}
      {ui.dialog.value === 'help' && (
        <HelpDialog
          onClose={() => {
            ui.dialog.value = undefined;
          }}
        />
      )}
      {ui.dialog.value === 'columns' && (
        <ColumnsDialog
          onClose={() => {
            ui.dialog.value = undefined;
          }}
        />
      )}
    </div>
  );
}
