import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The page's script: all clients in one file, as an application's bundler makes it. */
export async function bundleClients(): Promise<string> {
  const input = fileURLToPath(new URL('page/main.ts', import.meta.url));
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      target: ['chrome111', 'firefox128'],
      rollupOptions: { input, output: { format: 'iife' } },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    const [chunk] = each.output;
    return chunk.code;
  }
  throw new Error('Nothing was built');
}
