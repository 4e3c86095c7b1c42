// The demo's applications as Vite builds them, from a folder of their own, for a server in this process.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../support/root.js';

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

export interface BuiltApp {
  readonly origin: string;
  /** What `/config.json` says; set before a page is opened. */
  config: unknown;
  close(): Promise<void>;
}

export async function serveBuiltApp(): Promise<BuiltApp> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-apps-'));
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const args = [vite, 'build', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, args, { cwd: `${root}examples/two-apps` });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    if (path === '/config.json') return void response.end(JSON.stringify(app.config));
    const file = path.includes('.') ? path : '/index.html';
    response.setHeader('content-type', types[file.split('.').at(-1) ?? ''] ?? '');
    readFile(folder + file).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: BuiltApp = {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    config: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return app;
}
