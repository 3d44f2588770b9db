import type { ProductTable } from './types.ts';

export const twitchEventSub: ProductTable = {
  product: 'Twitch EventSub',
  source: 'Twitch developer documentation, "Handling WebSocket events: Close message"',
  url: /^wss:\/\/eventsub\.wss\.twitch\.tv/i,
  closes: [
    { code: 4000, cause: 'internal-error' },
    { code: 4001, cause: 'message-malformed' },
    { code: 4002, cause: 'idle-timeout' },
    { code: 4003, cause: 'auth-missing' },
    { code: 4004, cause: 'session-expired' },
    { code: 4005, cause: 'internal-error' },
    { code: 4006, cause: 'internal-error' },
    { code: 4007, cause: 'not-found' },
  ],
};
