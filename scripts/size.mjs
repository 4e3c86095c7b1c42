// @ts-check
/**
 * `npm run size`: what each entry of @portcullis/client costs a page, minified as an application's
 * bundler does it and compressed. Fails above the limits of size-limit.json. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

const entries = ['index', 'timeout-dialog/index', 'react/index', 'axios/index'];
const folder = 'node_modules/.cache/portcullis-size';

mkdirSync(folder, { recursive: true });
for (const entry of entries) {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: `libs/client/dist/${entry}.js`,
        preserveEntrySignatures: 'strict',
        external: ['react', 'axios'],
      },
    },
  });
  if (!('output' in result)) throw new Error('one bundle was expected');
  writeFileSync(`${folder}/${entry.replace('/', '-')}.js`, result.output[0].code);
}
const { status } = spawnSync('size-limit', { stdio: 'inherit', shell: true });
process.exit(status ?? 1);
