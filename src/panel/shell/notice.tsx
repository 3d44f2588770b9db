import type { ComponentChildren } from 'preact';
import { Icon } from '../icons.tsx';
import { t } from '../words.ts';

/** One line above the views: what is the matter, and what mends it. */
export function Notice(props: {
  kind: 'info' | 'warning' | 'error';
  onClose?: () => void;
  children: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${props.kind}`} role={props.kind === 'error' ? 'alert' : 'status'}>
      <span class="notice-text">{props.children}</span>
      {props.onClose !== undefined && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('panel_dismiss')}
          title={t('panel_dismiss')}
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
