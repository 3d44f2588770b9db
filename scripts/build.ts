import { build } from 'vite';
import type { Browser } from './manifest.ts';

const wanted = process.argv.slice(2);
const browsers: Browser[] = wanted.length > 0 ? (wanted as Browser[]) : ['chrome', 'firefox'];
for (const browser of browsers) {
  if (browser !== 'chrome' && browser !== 'firefox') {
    console.error(`Unknown browser "${browser}": chrome or firefox`);
    process.exit(2);
  }
  process.env.BROWSER_TARGET = browser;
  await build({ configFile: 'vite.config.ts', logLevel: 'warn' });
  console.log(`dist/${browser}`);
}
