import type { ProductTable } from './types.ts';

export const obsWebSocket: ProductTable = {
  product: 'OBS WebSocket 5',
  source: 'obsproject/obs-websocket docs/generated/protocol.md, "WebSocketCloseCode"',
  url: /^wss?:\/\/[^/]+:4455(?:[/?#]|$)/i,
  subprotocol: /^obswebsocket\./,
  closes: [
    { code: 4002, cause: 'message-malformed' },
    { code: 4003, cause: 'message-malformed' },
    { code: 4004, cause: 'message-malformed' },
    { code: 4005, cause: 'message-malformed' },
    { code: 4006, cause: 'message-malformed' },
    { code: 4007, cause: 'auth-missing' },
    { code: 4008, cause: 'message-malformed' },
    { code: 4009, cause: 'auth-invalid' },
    { code: 4010, cause: 'protocol-or-subprotocol' },
    { code: 4011, cause: 'replaced-or-kicked' },
    { code: 4012, cause: 'unsupported-feature-or-endpoint' },
  ],
};
