import type { ProductTable } from './types.ts';

export const liveblocks: ProductTable = {
  product: 'Liveblocks',
  source:
    'liveblocks/liveblocks packages/liveblocks-core/src/types/IWebSocket.ts, WebsocketCloseCodes',
  url: /\bliveblocks\.io/i,
  closes: [
    { code: 4000, cause: 'message-malformed' },
    { code: 4001, cause: 'forbidden' },
    { code: 4002, cause: 'rate-limit' },
    { code: 4003, cause: 'connection-limit' },
    { code: 4004, cause: 'quota-or-billing' },
    { code: 4005, cause: 'connection-limit' },
    { code: 4006, cause: 'not-found' },
    { code: 4100, cause: 'replaced-or-kicked' },
    { code: 4109, cause: 'auth-expired' },
  ],
};
