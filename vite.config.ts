import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { finishRecorder } from './scripts/finish-recorder.ts';
import { type Browser, manifestFor } from './scripts/manifest.ts';

const browser: Browser = process.env.BROWSER_TARGET === 'firefox' ? 'firefox' : 'chrome';

export default defineConfig({
  // What the recorder would otherwise find out in each document: see src/page/stack.ts.
  define: { OWN_STACKS: JSON.stringify(browser === 'chrome') },
  plugins: [
    preact(),
    crx({ manifest: manifestFor(browser) as unknown as ManifestV3Export, browser }),
    finishRecorder(browser),
  ],
  build: {
    outDir: `dist/${browser}`,
    target: ['chrome111', 'firefox128'],
    modulePreload: false,
    rollupOptions: {
      // Pages that the manifest does not name: DevTools opens the first, the extension the second.
      input: { panel: 'src/panel/panel.html', viewer: 'src/panel/viewer.html' },
    },
  },
  server: { port: 5173, strictPort: true },
});
