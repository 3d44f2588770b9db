import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [preact()],
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/conformance/**', 'node_modules/**'],
          // Every file loading the lexicons and the panel anew would take as long as the tests.
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/conformance/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
          // Two cores: one browser at a time, in a fixed order.
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
});
