// @ts-check
/**
 * What an application's bundler makes of a page: `node bundle.mjs <entry>` writes the script to its output.
 * A process of its own, for a bundler does not run inside of a test's module loader.
 */
import { build } from 'vite';

const [, , input = ''] = process.argv;
const result = await build({
  configFile: false,
  logLevel: 'silent',
  define: { 'process.env.NODE_ENV': '"production"' },
  resolve: { tsconfigPaths: true },
  build: {
    write: false,
    minify: false,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: { input, output: { codeSplitting: false } },
  },
});
if (!('output' in result)) throw new Error('one bundle was expected');
process.stdout.write(result.output[0].code);
