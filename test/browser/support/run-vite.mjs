// @ts-check
/**
 * `node run-vite.mjs <entry>`: prints what an application's bundler makes of the entry and of our own
 * packages' sources. A process of its own, for Jest's modules are not those that Vite needs.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const source = `${root}libs/client/src`;
const entry = process.argv[2];
if (!entry) throw new Error('which entry?');

const built = await build({
  configFile: false,
  logLevel: 'error',
  root,
  resolve: {
    alias: [
      { find: /^@portcullis\/client\/(.+)$/, replacement: `${source}/$1/index.ts` },
      { find: /^@portcullis\/client$/, replacement: `${source}/index.ts` },
    ],
  },
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: { input: entry },
  },
});
if (!('output' in built)) throw new Error('one bundle was expected');
process.stdout.write(built.output[0].code);
