import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { type Browser, manifestFor } from './scripts/manifest.ts';
import { padRecorder } from './src/page/padding.ts';

const browser: Browser = process.env.BROWSER_TARGET === 'firefox' ? 'firefox' : 'chrome';

export default defineConfig({
  plugins: [
    preact(),
    crx({ manifest: manifestFor(browser) as unknown as ManifestV3Export, browser }),
    // Gecko needs no such help: there the hooks are plain methods anyway.
    ...(browser === 'chrome' ? [padRecorder()] : []),
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
