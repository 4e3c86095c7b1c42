/**
 * The dashboard under `/admin/`, where the admin routes are too: a browser that opens an address gets
 * the page, a program the API. Told apart by `Accept`, as a browser names HTML and a program does not.
 */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { preferredType } from '../http/negotiation.js';
import { dashboardFolder, readDashboardPage, type DashboardPage } from './dashboard-page.js';

const html = 'text/html';
const assets = '/admin/assets/';

/** Before the hook that answers what no route takes: the page has addresses of its own. */
export async function serveDashboard(
  instance: FastifyInstance,
  folder: string = dashboardFolder,
): Promise<void> {
  const page = readDashboardPage(folder);
  if (page) await serveAssets(instance, `${folder}assets`);
  instance.addHook('onRequest', (request, reply, done) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (!isOfTheDashboard(request.method, path)) {
      done();
      return;
    }
    void reply.header('vary', varyByAccept(reply));
    if (preferredType(request.headers.accept, [html]) !== html) done();
    else if (path === '/admin') void reply.redirect('/admin/', 308);
    else if (page) sendPage(reply, page());
    else sendNotBuilt(reply);
  });
}

const isOfTheDashboard = (method: string, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (path === '/admin' || (path.startsWith('/admin/') && !path.startsWith(assets)));

function varyByAccept(reply: FastifyReply): string {
  const others = reply.getHeader('vary');
  return others === undefined ? 'Accept' : `${String(others)}, Accept`;
}

function sendPage(reply: FastifyReply, { html: text, contentSecurityPolicy }: DashboardPage): void {
  reply.helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { ...contentSecurityPolicy } },
  });
  void reply.type(`${html}; charset=utf-8`).send(text);
}

function sendNotBuilt(reply: FastifyReply): void {
  void reply
    .status(404)
    .type('text/plain; charset=utf-8')
    .send('The dashboard was not built: npm run build\n');
}

/** Their names have their content in them: a browser asks for each of them once. */
async function serveAssets(instance: FastifyInstance, root: string): Promise<void> {
  await instance.register(fastifyStatic, {
    root,
    prefix: assets,
    // A route for each file: what is not there is answered like every other unknown path.
    wildcard: false,
    index: false,
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
}
