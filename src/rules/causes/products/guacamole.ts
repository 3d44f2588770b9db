import type { ProductTable } from './types.ts';

/** Guacamole sends its own status as a bare number; the number means it whatever the code. */
export const guacamole: ProductTable = {
  product: 'Apache Guacamole',
  source: 'apache/guacamole-client GuacamoleStatus.java and the manual, "Status codes"',
  url: /websocket-tunnel|guacamole/i,
  subprotocol: /^guacamole$/,
  selfEvident: true,
  closes: [
    { code: 1011, reason: /^256$/, cause: 'unsupported-feature-or-endpoint' },
    { code: 1011, reason: /^512$/, cause: 'internal-error' },
    { code: 1008, reason: /^513$/, cause: 'connection-limit' },
    { code: 1011, reason: /^514$/, cause: 'internal-error' },
    { code: 1011, reason: /^515$/, cause: 'internal-error' },
    { code: 1002, reason: /^516$/, cause: 'not-found' },
    { code: 1008, reason: /^517$/, cause: 'duplicate-session' },
    { code: 1011, reason: /^518$/, cause: 'session-expired' },
    { code: 1011, reason: /^519$/, cause: 'internal-error' },
    { code: 1011, reason: /^520$/, cause: 'internal-error' },
    { code: 1008, reason: /^521$/, cause: 'replaced-or-kicked' },
    { code: 1002, reason: /^522$/, cause: 'idle-timeout' },
    { code: 1002, reason: /^523$/, cause: 'replaced-or-kicked' },
    { code: 1002, reason: /^768$/, cause: 'message-malformed' },
    { code: 1008, reason: /^769$/, cause: 'auth-invalid' },
    { code: 1008, reason: /^771$/, cause: 'forbidden' },
    { code: 1002, reason: /^776$/, cause: 'idle-timeout' },
    { code: 1009, reason: /^781$/, cause: 'message-too-large' },
    { code: 1003, reason: /^783$/, cause: 'unsupported-feature-or-endpoint' },
    { code: 1008, reason: /^797$/, cause: 'connection-limit' },
  ],
};
