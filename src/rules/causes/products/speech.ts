import type { ProductTable } from './types.ts';

export const deepgram: ProductTable = {
  product: 'Deepgram',
  source: 'Deepgram documentation, "Troubleshooting WebSocket errors"',
  url: /\bdeepgram\.com/i,
  selfEvident: true,
  closes: [
    { code: 1008, reason: /^DATA-0000/, cause: 'message-malformed' },
    { code: 1011, reason: /^NET-0000/, cause: 'internal-error' },
    { code: 1011, reason: /^NET-0001/, cause: 'idle-timeout' },
  ],
};

export const assemblyAi: ProductTable = {
  product: 'AssemblyAI streaming',
  source: 'AssemblyAI documentation, "Streaming: Closing and status codes"',
  url: /\bassemblyai\.com/i,
  closes: [
    { code: 1013, cause: 'internal-error' },
    { code: 3005, cause: 'session-expired' },
    { code: 3009, cause: 'connection-limit' },
    { code: 4000, cause: 'message-malformed' },
    { code: 4001, cause: 'auth-invalid' },
    { code: 4002, cause: 'quota-or-billing' },
    { code: 4003, cause: 'quota-or-billing' },
    { code: 4004, cause: 'not-found' },
    { code: 4008, cause: 'session-expired' },
    { code: 4010, cause: 'session-expired' },
    { code: 4029, cause: 'rate-limit' },
    { code: 4030, cause: 'duplicate-session' },
    { code: 4031, cause: 'idle-timeout' },
    { code: 4032, cause: 'message-malformed' },
    { code: 4033, cause: 'message-too-large' },
    { code: 4100, cause: 'message-malformed' },
    { code: 4101, cause: 'message-malformed' },
    { code: 4102, cause: 'connection-limit' },
    { code: 4103, cause: 'replaced-or-kicked' },
  ],
};

export const speechmatics: ProductTable = {
  product: 'Speechmatics',
  source: 'Speechmatics realtime API reference, "WebSocket errors"',
  url: /\bspeechmatics\.com/i,
  closes: [
    { code: 1003, cause: 'message-malformed' },
    { code: 1011, cause: 'internal-error' },
    { code: 4001, cause: 'auth-invalid' },
    { code: 4003, cause: 'forbidden' },
    { code: 4004, cause: 'message-malformed' },
    { code: 4005, cause: 'quota-or-billing' },
    { code: 4006, cause: 'session-expired' },
    { code: 4013, cause: 'internal-error' },
  ],
};
