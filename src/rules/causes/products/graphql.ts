import type { ProductTable } from './types.ts';

export const graphqlTransportWs: ProductTable = {
  product: 'graphql-transport-ws',
  source: 'enisdenjo/graphql-ws PROTOCOL.md and CloseCode in src/common.ts',
  url: /\/(?:graphql|gql|subscriptions?)(?:[/?#]|$)/i,
  subprotocol: /^graphql-(?:transport-)?ws$/,
  closes: [
    { code: 4004, cause: 'internal-error', reason: /bad response/i },
    { code: 4005, cause: 'internal-error', reason: /internal/i },
    { code: 4400, cause: 'message-malformed' },
    { code: 4401, cause: 'auth-missing', reason: /^unauthorized$/i },
    { code: 4403, cause: 'forbidden' },
    { code: 4406, cause: 'protocol-or-subprotocol' },
    { code: 4408, cause: 'auth-missing', reason: /initiali[sz]ation timeout/i },
    { code: 4409, cause: 'duplicate-session' },
    { code: 4429, cause: 'rate-limit', reason: /initiali[sz]ation/i },
    { code: 4500, cause: 'internal-error' },
  ],
};
