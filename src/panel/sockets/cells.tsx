import type { ComponentChildren } from 'preact';
import { nameOfCode } from '../../model/close-codes.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { livedMs, outcomeOf, type Reconnect, stateOf } from '../facts.ts';
import { handshakeNote } from '../handshake-note.ts';
import { LogMark } from '../import/log-mark.tsx';
import { Mark } from '../mark.tsx';
import type { SessionView } from '../session.ts';
import type { Column } from '../ui-state.ts';
import { t, words } from '../words.ts';
import { reconnect } from './rows.ts';
import { Sparkline } from './sparkline.tsx';

export interface ColumnSpec {
  /** Narrowest width in pixels, and its share of what is left over (0: fixed). */
  readonly min: number;
  readonly share: number;
  readonly numeric?: boolean;
}

export const COLUMN_SPECS: Readonly<Record<Column, ColumnSpec>> = {
  url: { min: 78, share: 1.6 },
  state: { min: 72, share: 0.5 },
  code: { min: 76, share: 1 },
  reason: { min: 52, share: 1.2 },
  closedBy: { min: 72, share: 0.2 },
  lived: { min: 70, share: 0.3, numeric: true },
  reconnect: { min: 150, share: 0.8 },
  frame: { min: 110, share: 1 },
  clean: { min: 52, share: 0 },
  sent: { min: 92, share: 0, numeric: true },
  received: { min: 92, share: 0, numeric: true },
  opened: { min: 100, share: 0, numeric: true },
  protocol: { min: 84, share: 0.5 },
  traffic: { min: 84, share: 0 },
};

export function columnTitle(column: Column): string {
  return t(`panel_column_${column}`);
}

export function codeLabel(code: number): string {
  return `${code} ${t(nameOfCode(code))}`;
}

/** The address in parts, so that a narrow cell gives up the query first, then the host, last the path's beginning. */
export function Url({ url }: { url: string }) {
  const match = /^(wss?:\/\/)([^/?#]*)([^?#]*)(.*)$/is.exec(url);
  if (match === null) return <span class="url">{url}</span>;
  return (
    <span class="url" title={url}>
      <span class="url-head">
        <span class="muted">{match[1]}</span>
        {match[2]}
      </span>
      <span class="url-tail">
        <span class="url-path keep-end">
          <bdi dir="ltr">{match[3]}</bdi>
        </span>
        {match[4] !== '' && <span class="url-query">{match[4]}</span>}
      </span>
    </span>
  );
}

export function cell(column: Column, socket: SocketRecord, view: SessionView): ComponentChildren {
  const { duration, number, bytes } = words.value;
  switch (column) {
    case 'url':
      return (
        <>
          <LogMark socket={socket.id} />
          <Url url={socket.url} />
        </>
      );
    case 'state': {
      const state = stateOf(socket, view.leftAt);
      return (
        <span
          class={`state state-${state}`}
          title={state === 'left' ? t('panel_says_page_left') : undefined}
        >
          {socket.code === undefined && <Mark outcome={outcomeOf(socket)} />}
          <span class="text">{t(`panel_state_${state}`)}</span>
        </span>
      );
    }
    case 'code': {
      if (socket.code === undefined) {
        return outcomeOf(socket) === 'unseen' ? (
          <span class="muted" title={t('panel_code_unseen_why')}>
            {t('panel_code_unseen')}
          </span>
        ) : null;
      }
      const outcome = outcomeOf(socket);
      return (
        <span class="code" title={codeLabel(socket.code)}>
          <Mark outcome={outcome} />
          <span class="text">
            <b class={`code-number code-number-${outcome}`}>{socket.code}</b>{' '}
            {t(nameOfCode(socket.code))}
          </span>
        </span>
      );
    }
    case 'reason':
      return socket.reason ? (
        <bdi class="text" title={socket.reason}>
          {socket.reason}
        </bdi>
      ) : (
        handshakeMark(socket)
      );
    case 'closedBy':
      return socket.closedBy === undefined ? null : t(`panel_closed_by_${socket.closedBy}`);
    case 'lived': {
      const lived = livedMs(socket, view.now);
      return lived === undefined ? null : (
        <span class={socket.openAt === undefined ? 'muted' : undefined} title={duration(lived)}>
          {duration(lived)}
        </span>
      );
    }
    case 'reconnect':
      return <ReconnectText value={reconnect(view, socket)} />;
    case 'frame':
      return socket.realm !== 'window' ? (
        t(`panel_realm_${socket.realm.replaceAll('-', '_')}`)
      ) : socket.top === true ? (
        <span class="muted">{t('panel_frame_top')}</span>
      ) : socket.documentUrl === undefined ? null : (
        <span class="text" title={socket.documentUrl}>
          {socket.documentUrl.replace(/^https?:\/\//, '')}
        </span>
      );
    case 'clean':
      return socket.wasClean === undefined ? null : t(socket.wasClean ? 'panel_yes' : 'panel_no');
    case 'sent':
    case 'received': {
      const { messages, bytes: size } = socket[column];
      return messages === 0 ? (
        <span class="muted">0</span>
      ) : (
        <>
          {number(messages)} <span class="muted">{bytes(size)}</span>
        </>
      );
    }
    case 'opened': {
      const at = socket.openingAt ?? socket.firstAt;
      return clockTime(view.startedAt + at);
    }
    case 'protocol':
      return socket.protocol || null;
    case 'traffic':
      return <Sparkline socket={socket} now={view.now} />;
  }
}

/**
 * Drawn, and no text of the cell: what is read or copied there is only ever a close reason.
 * No component: one whose only prop is a record that changes in place would not be drawn again.
 */
function handshakeMark(socket: SocketRecord) {
  const note = handshakeNote(socket);
  if (note === undefined) return null;
  const text = t(note);
  return (
    <span
      class="text handshake-note"
      data-note={text}
      title={t('panel_handshake_note_why', { note: text })}
    />
  );
}

/** Wall-clock time to the millisecond, as DevTools' console writes it. */
export function clockTime(ms: number): string {
  const date = new Date(ms);
  const pad = (value: number, size: number) => String(value).padStart(size, '0');
  return `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}.${pad(date.getMilliseconds(), 3)}`;
}

export function ReconnectText({ value }: { value: Reconnect }) {
  switch (value.kind) {
    case 'alive':
      return null;
    case 'replaced':
      return (
        <Signed sign="↻" kind="replaced">
          {replacedText('replaced', value.tries, value.delayMs)}
        </Signed>
      );
    case 'trying':
      return (
        <Signed sign="↺" kind="trying">
          {replacedText(value.failed ? 'failed' : 'trying', value.tries, value.delayMs)}
        </Signed>
      );
    case 'in-vain':
      return (
        <Signed sign="↛" kind="never">
          {replacedText('failed', value.tries, value.delayMs)}
        </Signed>
      );
    case 'waiting':
      return (
        <Signed sign="…" kind="waiting">
          {t('panel_reconnect_waiting')}
        </Signed>
      );
    case 'never':
      return (
        <Signed sign={value.expected ? '↛' : '–'} kind={value.expected ? 'never' : 'none'}>
          {t(value.expected ? 'panel_reconnect_never_expected' : 'panel_reconnect_never')}
        </Signed>
      );
    case 'reloaded':
      return (
        <Signed sign="⤷" kind="none" title={t('panel_reconnect_reloaded_why')}>
          {value.delayMs === undefined
            ? t('panel_reconnect_reloaded')
            : t('panel_reconnect_reloaded_after', { delayMs: Math.round(value.delayMs) })}
        </Signed>
      );
    default: {
      const id = `panel_reconnect_${value.kind.replaceAll('-', '_')}`;
      return (
        <span class="muted" title={t(`${id}_why`)}>
          {t(id)}
        </span>
      );
    }
  }
}

function replacedText(
  kind: 'replaced' | 'trying' | 'failed',
  tries: number,
  delayMs: number | undefined,
): string {
  if (delayMs === undefined) return t(`panel_reconnect_${kind}`, { count: tries });
  // Chromium tells tenths of a millisecond: at a glance they only take room.
  const rounded = Math.round(delayMs);
  return tries === 1
    ? t(`panel_reconnect_${kind}_once`, { delayMs: rounded })
    : t(`panel_reconnect_${kind}_tries`, { count: tries, delayMs: rounded });
}

function Signed(props: { sign: string; kind: string; title?: string; children: string }) {
  return (
    <span
      class={`reconnect reconnect-${props.kind}`}
      title={props.title === undefined ? props.children : `${props.children}: ${props.title}`}
    >
      <span class={`sign sign-${props.kind}`} aria-hidden="true">
        {props.sign}
      </span>
      <span class="text">{props.children}</span>
    </span>
  );
}
