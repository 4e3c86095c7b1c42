// How the operators' page is built, and served while it is worked on (`npm run dev:dashboard`).
import react from '@vitejs/plugin-react';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Where the API is while the page is worked on. */
const server = 'http://localhost:3000';
const client = fileURLToPath(new URL('../client/src/', import.meta.url));

/** Beside each file, once and as small as it gets: the server only hands them out. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      const folder = `${dir}/assets/`;
      for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const content = readFileSync(folder + name);
        writeFileSync(`${folder}${name}.gz`, gzipSync(content, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${folder}${name}.br`, brotliCompressSync(content, { params }));
      }
    },
  };
}

/** What belongs to the page; everything else under the same prefix is the API's. */
const isOfThePage = (url: string, accept = ''): boolean =>
  accept.includes('text/html') || /^\/admin\/(@|src\/|node_modules\/)/.test(url);

export default defineConfig(({ command }) => ({
  base: '/admin/',
  plugins: [react(), compressed()],
  resolve: {
    alias: [
      { find: /^@portcullis\/client$/, replacement: `${client}index.ts` },
      { find: /^@portcullis\/client\/(.+)$/, replacement: `${client}$1/index.ts` },
    ],
  },
  ...(command === 'build' && { html: { cspNonce: '__CSP_NONCE__' } }),
  build: {
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    // A picture within the page's text would be a `data:` address, which its policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file on purpose: no second request that could fail in the middle of an incident. Its size is
    // held by `npm run size`.
    chunkSizeWarningLimit: 1_000,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '^/(auth|users|health|docs-json)(/|$)': server,
      '^/admin/': {
        target: server,
        bypass: ({ url = '', headers }) => (isOfThePage(url, headers.accept) ? url : undefined),
      },
    },
  },
}));
