import type { ProductTable } from './types.ts';

export const centrifugo: ProductTable = {
  product: 'Centrifugo',
  source: 'centrifugal/centrifuge disconnect.go; Centrifugo documentation, "Client protocol codes"',
  url: /\/connection\/(?:uni_)?websocket/i,
  closes: [
    { code: 3001, cause: 'server-shutdown' },
    { code: 3004, cause: 'internal-error' },
    { code: 3005, cause: 'auth-expired' },
    { code: 3006, cause: 'auth-expired' },
    { code: 3008, cause: 'slow-consumer' },
    { code: 3009, cause: 'internal-error' },
    { code: 3010, cause: 'internal-error' },
    { code: 3011, cause: 'server-restart' },
    { code: 3012, cause: 'idle-timeout' },
    { code: 3013, cause: 'rate-limit' },
    { code: 3500, cause: 'auth-invalid' },
    { code: 3501, cause: 'message-malformed' },
    { code: 3502, cause: 'auth-missing' },
    { code: 3503, cause: 'replaced-or-kicked' },
    { code: 3504, cause: 'connection-limit' },
    { code: 3505, cause: 'quota-or-billing' },
    { code: 3506, cause: 'protocol-or-subprotocol' },
    { code: 3507, cause: 'forbidden' },
    { code: 3508, cause: 'unsupported-feature-or-endpoint' },
    { code: 3509, cause: 'message-malformed' },
  ],
};
