/** express-jwt on Express alone, as its README shows it. */
import express from 'express';
import { expressjwt } from 'express-jwt';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { body, path } from './nest.js';
import { headersFor, type Algorithm } from './sign.js';
import type { Started } from './started.js';
import { keys } from './users.js';
import { openStore } from './version-stores.js';

export type ExpressJwt = 'none' | 'hs256-string' | 'hs256-string+redis' | 'es256-keyobject';

export async function startExpressJwt(what: ExpressJwt): Promise<Started> {
  const app = express();
  const algorithm: Algorithm = what.startsWith('es256') ? 'ES256' : 'HS256';
  if (what !== 'none') {
    const findVersion = what.endsWith('+redis') ? await openStore('redis') : null;
    const secret = algorithm === 'HS256' ? keys.secret : keys.publicKey;
    app.use(
      expressjwt({
        secret,
        algorithms: [algorithm],
        ...(findVersion && {
          isRevoked: async (_request: unknown, token: { payload: unknown } | undefined) => {
            const { sub, ver } = token?.payload as { sub: string; ver: number };
            return (await findVersion(sub)) !== ver;
          },
        }),
      }),
    );
  }
  app.get(path, (_request, response) => {
    response.json(body);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, path, headers: headersFor(algorithm) };
}
