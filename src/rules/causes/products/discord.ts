import type { ProductTable } from './types.ts';

export const discordGateway: ProductTable = {
  product: 'Discord gateway',
  source: 'Discord developer documentation, "Gateway close event codes"',
  url: /^wss:\/\/gateway[\w.-]*\.discord\.gg/i,
  closes: [
    { code: 4000, cause: 'internal-error' },
    { code: 4001, cause: 'message-malformed' },
    { code: 4002, cause: 'message-malformed' },
    { code: 4003, cause: 'auth-missing' },
    { code: 4004, cause: 'auth-invalid' },
    { code: 4005, cause: 'message-malformed' },
    { code: 4007, cause: 'message-malformed' },
    { code: 4008, cause: 'rate-limit' },
    { code: 4009, cause: 'session-expired' },
    { code: 4010, cause: 'message-malformed' },
    { code: 4011, cause: 'connection-limit' },
    { code: 4012, cause: 'protocol-or-subprotocol' },
    { code: 4013, cause: 'message-malformed' },
    { code: 4014, cause: 'forbidden' },
  ],
};

export const discordVoice: ProductTable = {
  product: 'Discord voice',
  source: 'Discord developer documentation, "Voice close event codes"',
  url: /^wss:\/\/[\w.-]+\.discord\.media/i,
  closes: [
    { code: 4001, cause: 'message-malformed' },
    { code: 4002, cause: 'message-malformed' },
    { code: 4003, cause: 'auth-missing' },
    { code: 4004, cause: 'auth-invalid' },
    { code: 4005, cause: 'message-malformed' },
    { code: 4006, cause: 'session-expired' },
    { code: 4009, cause: 'session-expired' },
    { code: 4011, cause: 'not-found' },
    { code: 4012, cause: 'protocol-or-subprotocol' },
    { code: 4014, cause: 'replaced-or-kicked' },
    { code: 4015, cause: 'internal-error' },
    { code: 4016, cause: 'unsupported-feature-or-endpoint' },
    { code: 4020, cause: 'message-malformed' },
    { code: 4021, cause: 'rate-limit' },
    { code: 4022, cause: 'session-expired' },
  ],
};
