import type { ComponentChildren } from 'preact';
import { nameOfCode } from '../../model/close-codes.ts';
import { hasEnded } from '../../model/life.ts';
import { isPool, tellChain } from '../../rules/chains/told.ts';
import { certainty } from '../../rules/evidence.ts';
import { CauseFix } from '../cause-fix.tsx';
import { causeMore, causeText, isLikely } from '../cause-text.ts';
import { usePanel } from '../context.ts';
import { livedMs, outcomeOf, stateOf } from '../facts.ts';
import { BackoffPlot } from '../lanes/backoff-plot.tsx';
import { fixOf, OWN_RULE_PREFIX, titleOf } from '../rules/rule-text.ts';
import { clockTime, ReconnectText } from '../sockets/cells.tsx';
import { reconnect } from '../sockets/rows.ts';
import { t, words } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';
import { sentencesOf } from './sentence.ts';
import { SocketLink } from './socket-link.tsx';

/** Rules that tell why a socket ended, or could not begin. */
const EXPLAINS: ReadonlySet<string> = new Set([
  'policy-violation',
  'silent-idle-timeout',
  'recurring-going-away',
  'normal-closure-for-error',
  'handshake-rejected',
  'hung-closing-handshake',
  'invalid-close-call',
]);

/** Codes from here on are for applications: RFC 6455 §7.4.2. */
const FIRST_PRIVATE = 4000;

/** Causes that ask the client to come back. */
const GOES_AWAY: ReadonlySet<string> = new Set(['server-restart', 'server-shutdown']);

/** Rules that know better than the close alone why it ended: many closes, or the handshake, say so. */
const KNOWS: ReadonlySet<string> = new Set([
  'silent-idle-timeout',
  'recurring-going-away',
  'handshake-rejected',
]);

/** Rules that say no more than a likely cause says. */
const ONLY_CAUSE: ReadonlySet<string> = new Set(['policy-violation', 'server-closure']);

export function SummaryTab({ socket, view }: DetailTabProps) {
  const { ui } = usePanel();
  const { duration, number, bytes } = words.value;
  const chain = view.chainOf(socket.id);
  const back = reconnect(view, socket);
  const lived = livedMs(socket, view.now);
  const findings = view.findingsOf(socket.id);
  const cause = findings.find((finding) => finding.causes !== undefined)?.causes?.[0];
  const known = findings.some(({ verdict, rule }) => verdict === 'failed' && KNOWS.has(rule));
  const likely = cause !== undefined && isLikely(cause) && !known;
  const telling = findings
    .filter(({ verdict, rule }) => verdict === 'failed' && !(likely && ONLY_CAUSE.has(rule)))
    .sort((a, b) => rankOf(a.rule) - rankOf(b.rule));
  // The cure is to come back, and that it did.
  const cured =
    back.kind === 'replaced' && telling.length === 0 && GOES_AWAY.has(cause?.cause ?? '');
  // It lives on, and something is wrong with it.
  const faulty = telling.length > 0 && !hasEnded(socket);
  const said = sentencesOf(socket, view).map((sentence) => t(sentence));
  const why = (
    <button
      type="button"
      class="link"
      onClick={() => {
        ui.detailTab.value = 'findings';
      }}
    >
      {t('panel_says_why')}
    </button>
  );
  return (
    <div class="summary">
      <p class={`says says-${faulty ? 'refused' : outcomeOf(socket)}`}>{said.join(' ')}</p>
      {likely && (
        <p class="says-cause">
          {t(certainty([cause]) === 'likely' ? 'panel_says_likely' : 'panel_says_perhaps', {
            cause: causeText(cause.cause),
            confidencePercent: cause.confidence,
          })}{' '}
          {causeMore(cause.cause, 'meaning')} {telling.length === 0 && why}
          {cured ? (
            <span class="cause-fix">{t('panel_says_cured')}</span>
          ) : (
            <CauseFix cause={cause.cause} />
          )}
        </p>
      )}
      {telling.length > 0 && (
        <ul class="summary-findings">
          {telling.map((finding) => (
            <li key={finding.rule}>
              {finding.rule.startsWith(OWN_RULE_PREFIX) && <b>{titleOf(finding)}: </b>}
              {!said.includes(t(finding.message)) && t(finding.message)}{' '}
              <span class="muted">{fixOf(finding)}</span>
            </li>
          ))}
          <li>{why}</li>
        </ul>
      )}
      {!likely &&
        telling.length === 0 &&
        socket.closedBy === 'server' &&
        (socket.code ?? 0) >= FIRST_PRIVATE && (
          <p class="says-cause">
            {t('panel_says_private')}{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                ui.rules.draft.value = String(socket.code);
                ui.rules.section.value = 'own';
                ui.tab.value = 'rules';
              }}
            >
              {t('panel_says_private_name', { code: String(socket.code) })}
            </button>
          </p>
        )}
      <dl class="facts">
        <Fact name={t('panel_column_url')}>
          <span class="mono break">{socket.url}</span>
        </Fact>
        <Fact name={t('panel_column_state')}>
          {t(`panel_state_${stateOf(socket, view.leftAt)}`)}
        </Fact>
        {socket.code !== undefined && (
          <Fact name={t('panel_fact_code')}>
            <button
              type="button"
              class="link"
              onClick={() => {
                ui.detailTab.value = 'code';
              }}
            >
              {socket.code} {t(nameOfCode(socket.code))}
            </button>
          </Fact>
        )}
        {socket.code !== undefined && (
          <Fact name={t('panel_fact_reason')}>
            {socket.reason ? (
              <bdi class="mono break">{socket.reason}</bdi>
            ) : (
              <span class="muted">{t('panel_none')}</span>
            )}
          </Fact>
        )}
        {socket.wasClean !== undefined && (
          <Fact name="wasClean">{t(socket.wasClean ? 'panel_clean_yes' : 'panel_clean_no')}</Fact>
        )}
        {socket.closedBy !== undefined && (
          <Fact name={t('panel_column_closedBy')}>
            {t(`panel_closed_by_${socket.closedBy}`)}
            {socket.closedByEvidence.length > 0 && (
              <ul class="evidence">
                {socket.closedByEvidence.map((evidence) => (
                  <li key={JSON.stringify(evidence)}>{t(evidence)}</li>
                ))}
              </ul>
            )}
          </Fact>
        )}
        <Fact name={t('panel_fact_opened')}>
          {clockTime(view.startedAt + (socket.openingAt ?? socket.firstAt))}
          {socket.openAt !== undefined && socket.openingAt !== undefined && (
            <span class="muted">
              {' '}
              {t('panel_fact_handshake_took', { tookMs: socket.openAt - socket.openingAt })}
            </span>
          )}
        </Fact>
        {lived !== undefined && <Fact name={t('panel_column_lived')}>{duration(lived)}</Fact>}
        {socket.seenBy === 'browser' ? (
          <Fact name={t('panel_fact_traffic')}>
            <span class="muted">{t('panel_not_observed')}</span>
          </Fact>
        ) : (
          (['sent', 'received'] as const).map((way) => (
            <Fact key={way} name={t(`panel_fact_${way}`)}>
              {t('panel_fact_messages', { count: socket[way].messages })},{' '}
              {bytes(socket[way].bytes)}
              <Ago at={socket[way].lastAt} of={socket.closeAt} />
            </Fact>
          ))
        )}
        <Fact name={t('panel_fact_subprotocol')}>
          {socket.protocol ? (
            <span class="mono">{socket.protocol}</span>
          ) : (
            <span class="muted">{t('panel_none')}</span>
          )}
          {socket.protocols !== undefined && socket.protocols.length > 0 && (
            <span class="muted">
              {' '}
              {t('panel_fact_offered', { protocols: socket.protocols.join(', ') })}
            </span>
          )}
        </Fact>
        {socket.documentUrl !== undefined && (
          <Fact name={t('panel_column_frame')}>
            <span class="mono break">{socket.documentUrl}</span>
          </Fact>
        )}
        {back.kind !== 'alive' && (
          <Fact name={t('panel_column_reconnect')}>
            <ReconnectText value={back} />
            {'by' in back && (
              <>
                {' '}
                <SocketLink id={back.by} view={view}>
                  {t('panel_show_successor')}
                </SocketLink>
              </>
            )}
          </Fact>
        )}
        {chain !== undefined && chain.sockets.length > 1 && (
          <Fact name={t('panel_fact_chain')}>
            {t(tellChain(chain, view.sockets))}
            <span class="muted">
              {' '}
              {t('panel_fact_place', {
                place: number(chain.sockets.indexOf(socket.id) + 1),
                count: chain.sockets.length,
              })}
            </span>
          </Fact>
        )}
      </dl>
      {chain !== undefined && chain.delaysMs.length > 1 && !isPool(chain, view.sockets) && (
        <BackoffPlot
          // A list of its own: that of a chain grows in place, and would not be drawn again.
          delaysMs={[...chain.delaysMs]}
          grows={chain.verdict === 'reconnects-with-backoff'}
        />
      )}
    </div>
  );
}

/** First what explains the close, then what came of it, last what only says that it was one. */
function rankOf(rule: string): number {
  if (EXPLAINS.has(rule)) return 0;
  return rule === 'abnormal-closure' ? 2 : 1;
}

function Fact(props: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function Ago({ at, of }: { at: number | undefined; of: number | undefined }) {
  if (at === undefined || of === undefined || at > of) return null;
  return <span class="muted"> {t('panel_fact_last_before', { beforeMs: of - at })}</span>;
}
