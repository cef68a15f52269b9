import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// Words that the server owns (verdicts, roles, states …) are its glossary's, taken at build time,
// so that screens, exports and the command line say the same. Sentences of refusals come with the
// refusal and prompts of the command line are nobody's here.
const notOnScreen = /^(refusal|cli|term)\./;
function glossary(): Plugin {
  const prefix = 'virtual:glossary/';
  return {
    name: 'glossary',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const file = new URL(`../src/words/${id.slice(prefix.length + 1)}.json`, import.meta.url);
      const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      this.addWatchFile(file.pathname);
      const kept = Object.entries(words).filter(([key]) => !notOnScreen.test(key));
      return `export default ${JSON.stringify(Object.fromEntries(kept))}`;
    },
  };
}

export default defineConfig({
  plugins: [react(), glossary()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy knows no data: scripts
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: { '/api': process.env.HUILU_SERVER ?? 'http://127.0.0.1:8080' },
  },
});
