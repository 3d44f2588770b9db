import type { SocketRecord } from '../../model/socket.ts';
import { usePanel } from '../context.ts';
import { outcomeOf } from '../facts.ts';
import { Icon } from '../icons.tsx';
import { Mark } from '../mark.tsx';
import type { SessionView } from '../session.ts';
import { Url } from '../sockets/cells.tsx';
import { TabList, TabPanel } from '../tabs.tsx';
import { DETAIL_TABS } from '../ui-state.ts';
import { t } from '../words.ts';
import { CodeTab } from './code-tab.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { FindingsTab } from './findings-tab.tsx';
import { HandshakeTab } from './handshake-tab.tsx';
import { InitiatorTab } from './initiator-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import { SummaryTab } from './summary-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';

export interface DetailTabProps {
  readonly socket: SocketRecord;
  readonly view: SessionView;
}

const VIEWS = {
  summary: SummaryTab,
  timeline: TimelineTab,
  messages: MessagesTab,
  handshake: HandshakeTab,
  code: CodeTab,
  findings: FindingsTab,
  initiator: InitiatorTab,
} as const;

/** Everything about one socket. */
export function Detail(props: DetailTabProps & { readonly onClose: () => void }) {
  const { socket, view, onClose } = props;
  const { ui } = usePanel();
  const telling = view
    .findingsOf(socket.id)
    .filter((finding) => finding.verdict === 'failed' || finding.verdict === 'needs-review').length;
  const current = ui.detailTab.value;
  const View = VIEWS[current];
  return (
    <section
      class="detail"
      aria-label={t('panel_detail')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div class="detail-head">
        <Mark outcome={outcomeOf(socket)} />
        <h2 class="detail-title">
          <Url url={socket.url} />
        </h2>
        <CopyMenu socket={socket} view={view} />
        <button
          type="button"
          class="icon-button"
          aria-label={t('panel_detail_close')}
          title={t('panel_detail_close')}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <TabList
        class="tabs-small"
        prefix="detail"
        label={t('panel_detail')}
        value={current}
        onChange={(id) => {
          ui.detailTab.value = id;
        }}
        tabs={DETAIL_TABS.map((id) => ({
          id,
          label: t(`panel_detail_${id}`),
          badge:
            id === 'findings' && telling > 0 ? (
              <span class="badge badge-quiet">{telling}</span>
            ) : undefined,
        }))}
      />
      {/* Another socket, another tab: its own scroll position, from the top. */}
      <TabPanel
        key={`${socket.id} ${current}`}
        prefix="detail"
        id={current}
        class="detail-body"
        focusable
      >
        <View socket={socket} view={view} />
      </TabPanel>
    </section>
  );
}
