// Pages with a strict policy on an origin of their own, with the built client and nothing else.
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  'connect-src *',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const html = `<!doctype html><html lang="en"><title>Test</title><link rel="icon" href="/icon.svg">
<main><h1>Test</h1><form><input name="draft"></form></main><script type="module" src="/page.js"></script>`;

export interface TestPages {
  readonly origin: string;
  close(): Promise<void>;
}

const entry = fileURLToPath(new URL('../client/page.ts', import.meta.url));
const bundler = fileURLToPath(new URL('bundle.mjs', import.meta.url));
let script: Promise<string> | undefined;

/** Once per run: what an application's bundler makes of the client. */
const bundled = (): Promise<string> => (script ??= bundle());

async function bundle(): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [bundler, entry], { maxBuffer: 16_000_000 });
  return stdout;
}

export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @param host another name is another origin, also for cookies and storage */
export async function startPages(host = '127.0.0.1', route?: Route): Promise<TestPages> {
  const code = await bundled();
  const server = createServer((request, response) => {
    if (route?.(request, response)) return;
    const isScript = request.url === '/page.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
    });
    response.end(isScript ? code : html);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://${host}:${String(port)}`, close };
}
