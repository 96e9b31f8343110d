import { defineConfig } from 'vite';

const contents = `/*! @chat/client (MIT). Contains @microsoft/signalr and @microsoft/signalr-protocol-msgpack
(MIT, (c) .NET Foundation and contributors) and @msgpack/msgpack (ISC, (c) The MessagePack Community). */`;

// One ES module without imports, for pages that have no build step: the server gives it out as /chat-client.js.
export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'bundle.js' },
    rolldownOptions: { output: { minify: true, postBanner: contents } },
  },
});
