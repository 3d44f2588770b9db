import type { ProductTable } from './types.ts';

export const okx: ProductTable = {
  product: 'OKX',
  source: 'OKX API guide, "WebSocket: Close frame codes"',
  url: /^wss:\/\/ws[\w.-]*\.okx\.com/i,
  closes: [
    { code: 4001, cause: 'auth-invalid' },
    { code: 4002, cause: 'message-malformed' },
    { code: 4003, cause: 'quota-or-billing' },
    { code: 4004, cause: 'idle-timeout' },
    { code: 4005, cause: 'slow-consumer' },
    { code: 4006, cause: 'internal-error' },
    { code: 4007, cause: 'auth-invalid' },
    { code: 4008, cause: 'quota-or-billing' },
    { code: 4009, cause: 'quota-or-billing' },
  ],
};
