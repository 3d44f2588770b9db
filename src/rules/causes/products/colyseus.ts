import type { ProductTable } from './types.ts';

export const colyseus: ProductTable = {
  product: 'Colyseus',
  source: 'colyseus/colyseus packages/core/src/Protocol.ts and documentation, "Close codes"',
  url: /[?&]sessionId=[\w-]{9}(?:&|$)/,
  closes: [
    { code: 4001, cause: 'server-shutdown' },
    { code: 4002, cause: 'internal-error' },
    { code: 4010, cause: 'server-restart' },
    { code: 4210, cause: 'not-found' },
    { code: 4211, cause: 'not-found' },
    { code: 4212, cause: 'not-found' },
    { code: 4213, cause: 'internal-error' },
    { code: 4214, cause: 'session-expired' },
    { code: 4215, cause: 'auth-invalid' },
    { code: 4216, cause: 'internal-error' },
  ],
};
