import { vi } from 'vitest';

// The recorder takes these when it is loaded; in Node none of them is used.
for (const name of ['FocusEvent', 'CloseEvent', 'PageTransitionEvent', 'WebSocket']) {
  if (!(name in globalThis)) vi.stubGlobal(name, class {});
}
