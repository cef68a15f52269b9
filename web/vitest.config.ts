import { defineConfig } from 'vitest/config';
import vite from './vite.config.ts';

export default defineConfig({
  ...vite,
  test: { include: ['tests/*.test.{ts,mjs}'], environment: 'node', setupFiles: 'tests/setup.ts' },
});
