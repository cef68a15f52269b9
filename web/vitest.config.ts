import { defineConfig } from 'vitest/config';
import vite from './vite.config.ts';

export default defineConfig({
  ...vite,
  test: {
    include: ['tests/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    setupFiles: 'tests/setup.ts',
  },
});
