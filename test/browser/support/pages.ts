// Pages with a strict policy on an origin of their own, with the built client and nothing else.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundledScript } from './bundled-script.js';

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

const htmlWith = (script: string): string => `<!doctype html><html lang="en"><title>Test</title>
<link rel="icon" href="/icon.svg"><main><h1>Test</h1><form><input name="draft"></form><div id="root"></div></main>
<script type="module" src="/${script}.js"></script>`;

/** By the name of the script; `/page` is a page with it. */
const entries = {
  page: 'test/browser/client/page.ts',
  libraries: 'test/browser/client/page-with-libraries.ts',
};
type Script = keyof typeof entries;

export interface TestPages {
  readonly origin: string;
  close(): Promise<void>;
}

const bundles = new Map<Script, Promise<string>>();

/** Once per suite: what an application's bundler makes of it. */
function bundled(script: Script): Promise<string> {
  const known = bundles.get(script) ?? bundledScript(entries[script]);
  bundles.set(script, known);
  return known;
}

export type Route = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @param host another name is another origin, also for cookies and storage */
export async function startPages(host = '127.0.0.1', route?: Route): Promise<TestPages> {
  const server = createServer((request, response) => {
    if (!route?.(request, response)) void answer(request.url ?? '/', response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://${host}:${String(port)}`, close };
}

async function answer(path: string, response: ServerResponse): Promise<void> {
  const [, name = '', extension] = /^\/(\w*)(\.js)?/.exec(path) ?? [];
  const script: Script = name === 'libraries' ? name : 'page';
  const headers = { 'content-security-policy': policy, 'cache-control': 'no-cache' };
  if (extension === undefined) {
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' });
    response.end(htmlWith(script));
  } else {
    const code = await bundled(script);
    response.writeHead(200, { ...headers, 'content-type': 'text/javascript' });
    response.end(code);
  }
}
