import type { ProductTable } from './types.ts';

export const pusher: ProductTable = {
  product: 'Pusher Channels',
  source: 'Pusher Channels protocol, "Error codes"',
  url: /\/app\/[^/?]+\?(?:.*&)?protocol=\d/i,
  closes: [
    { code: 4000, cause: 'protocol-or-subprotocol' },
    { code: 4001, cause: 'not-found' },
    { code: 4003, cause: 'forbidden' },
    { code: 4004, cause: 'quota-or-billing' },
    { code: 4005, cause: 'unsupported-feature-or-endpoint' },
    { code: 4006, cause: 'protocol-or-subprotocol' },
    { code: 4007, cause: 'protocol-or-subprotocol' },
    { code: 4008, cause: 'protocol-or-subprotocol' },
    { code: 4009, cause: 'auth-invalid' },
    { code: 4100, cause: 'connection-limit' },
    { code: 4200, cause: 'server-restart' },
    { code: 4201, cause: 'idle-timeout' },
    { code: 4202, cause: 'idle-timeout' },
    { code: 4301, cause: 'rate-limit' },
  ],
};
