// @ts-check
/** Both applications as Vite has built them, each on an origin of its own, under a strict policy. */
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../../examples/two-apps/', import.meta.url));

export const buildPages = () => build({ root, logLevel: 'warn' });

/** What a page may load, and whom it may talk to. @param {string[]} services */
const policyOf = (services) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${services.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/**
 * @param {{ server: string, ordersService: string }} config what the page is told at /config.json
 * @param {number} port
 */
export async function servePages(config, port) {
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      headers: {
        'Content-Security-Policy': policyOf([config.server, config.ordersService]),
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      },
    },
    plugins: [
      {
        name: 'config',
        configurePreviewServer: ({ middlewares }) => {
          middlewares.use('/config.json', (_request, response) => {
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify(config));
          });
        },
      },
    ],
  });
  return () => server.close();
}
