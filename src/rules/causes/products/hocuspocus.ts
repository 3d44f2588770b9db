import type { ProductTable } from './types.ts';

export const hocuspocus: ProductTable = {
  product: 'Hocuspocus',
  source: 'ueberdosis/hocuspocus packages/common/src/CloseEvents.ts',
  url: /hocuspocus|tiptap/i,
  closes: [
    { code: 1009, cause: 'message-too-large' },
    { code: 4205, cause: 'server-restart' },
    { code: 4401, cause: 'auth-invalid' },
    { code: 4403, cause: 'forbidden' },
    { code: 4408, cause: 'idle-timeout' },
  ],
};
