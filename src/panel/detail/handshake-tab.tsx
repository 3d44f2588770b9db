import { useState } from 'preact/hooks';
import { t } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';
import { isSecretHeader } from './headers.ts';

export function HandshakeTab({ socket }: DetailTabProps) {
  const [revealed, setRevealed] = useState(false);
  const { handshake } = socket;
  const headers = Object.entries(handshake?.headers ?? {});
  return (
    <div>
      {handshake === undefined ? (
        <p class="hint">{t('panel_handshake_none')}</p>
      ) : (
        <p class="says">
          {handshake.error
            ? t('panel_handshake_error', { error: handshake.error })
            : handshake.status
              ? t('panel_handshake_status', {
                  status: `${handshake.status} ${handshake.statusText ?? ''}`.trim(),
                })
              : t('panel_handshake_no_answer')}
        </p>
      )}
      <dl class="facts">
        <dt>{t('panel_fact_subprotocol')}</dt>
        <dd>
          {socket.protocol ? (
            <span class="mono">{socket.protocol}</span>
          ) : (
            <span class="muted">{t('panel_none')}</span>
          )}
        </dd>
        <dt>{t('panel_handshake_offered')}</dt>
        <dd>
          {socket.protocols !== undefined && socket.protocols.length > 0 ? (
            <span class="mono">{socket.protocols.join(', ')}</span>
          ) : (
            <span class="muted">{t('panel_none')}</span>
          )}
        </dd>
        <dt>{t('panel_handshake_extensions')}</dt>
        <dd>
          {socket.extensions ? (
            <span class="mono break">{socket.extensions}</span>
          ) : (
            <span class="muted">{t('panel_none')}</span>
          )}
        </dd>
      </dl>
      {headers.length > 0 && (
        <>
          <div class="section-head">
            <h3>{t('panel_handshake_headers')}</h3>
            {headers.some(([name]) => isSecretHeader(name)) && (
              <button
                type="button"
                class="link"
                aria-pressed={revealed}
                onClick={() => setRevealed(!revealed)}
              >
                {t(revealed ? 'panel_handshake_mask' : 'panel_handshake_reveal')}
              </button>
            )}
          </div>
          <dl class="facts facts-mono">
            {headers.map(([name, value]) => (
              <>
                <dt key={`${name} name`}>{name}</dt>
                <dd key={name} class="break">
                  {isSecretHeader(name) && !revealed ? (
                    <span class="muted">{t('panel_handshake_masked')}</span>
                  ) : (
                    value
                  )}
                </dd>
              </>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}
