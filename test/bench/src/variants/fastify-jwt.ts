/** @fastify/jwt on Fastify alone, as its README shows it. */
import fastifyJwt from '@fastify/jwt';
import fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { body, path } from './nest.js';
import { headersFor, type Algorithm } from './sign.js';
import type { Started } from './started.js';
import { keys } from './users.js';
import { openStore } from './version-stores.js';

export type FastifyJwt = 'none' | 'hs256' | 'es256' | 'es256+cache' | 'es256+redis';

export async function startFastifyJwt(what: FastifyJwt): Promise<Started> {
  const app = fastify();
  const algorithm: Algorithm = what === 'hs256' ? 'HS256' : 'ES256';
  if (what !== 'none') {
    const findVersion = what === 'es256+redis' ? await openStore('redis') : null;
    await app.register(fastifyJwt, {
      secret: algorithm === 'HS256' ? keys.secret : { public: keys.publicPem },
      verify: { algorithms: [algorithm], ...(what === 'es256+cache' && { cache: true }) },
      ...(findVersion && {
        trusted: async (_request: unknown, token: Record<string, unknown>) =>
          (await findVersion(String(token['sub']))) === token['ver'],
      }),
    });
    app.addHook('onRequest', async (request, reply) => {
      try {
        await request.jwtVerify();
      } catch (error) {
        await reply.send(error);
      }
    });
  }
  app.get(path, async () => body);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { port, path, headers: headersFor(algorithm) };
}
