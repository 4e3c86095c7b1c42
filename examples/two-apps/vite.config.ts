// One build for both applications: which of the two a page is, its server says in /config.json.
import { defineConfig } from 'vite';

export default defineConfig({
  // The packages of this repository from their sources: what is shown is what stands there now.
  resolve: { tsconfigPaths: true },
  build: {
    target: 'es2022',
    modulePreload: false,
    // Nothing inlined: the pages' policy allows no `data:`.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['index.html', 'gallery.html'] },
  },
});
