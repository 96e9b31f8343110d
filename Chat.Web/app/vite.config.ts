import { readFile } from 'node:fs/promises';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

// For `npm run dev`: where the server runs.
const server = process.env['CHAT_SERVER'] ?? 'http://127.0.0.1:5000';

/** The client as one file, for pages without a build step. It is built before the page. */
const clientBundle: Plugin = {
  name: 'client-bundle',
  async generateBundle() {
    const source = await readFile(new URL('../client/dist/bundle.js', import.meta.url));
    this.emitFile({ type: 'asset', fileName: 'chat-client.js', source });
  },
};

// Relative addresses: the page works below any path prefix.
export default defineConfig({
  base: './',
  plugins: [svelte(), clientBundle],
  build: {
    outDir: '../../Chat.Hub/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // One small page: nothing is to be loaded ahead, and nothing to be put inside it.
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': server, '/hubs': { target: server, ws: true } } },
});
