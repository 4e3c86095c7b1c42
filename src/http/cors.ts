import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Whether scripts of this origin, spelled exactly so, may read answers. Asked at every request. */
export type AllowsOrigin = (origin: string) => boolean;

const preflightSeconds = 600;

/**
 * CORS without credentials: tokens travel in a header that scripts set themselves. An origin that is
 * not allowed gets an answer without a word of CORS, so that its browser keeps it from the script.
 */
export async function registerCors(
  instance: FastifyInstance,
  allowsOrigin: AllowsOrigin,
): Promise<void> {
  await instance.register(cors, {
    // "null" is what sandboxed frames and local files of anyone send: it names nobody.
    origin: (origin, decide) =>
      decide(null, origin !== undefined && origin !== 'null' && allowsOrigin(origin)),
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'Session-Activity', 'Last-Event-ID'],
    exposedHeaders: ['Authorization', 'WWW-Authenticate', 'Retry-After'],
    // How long a browser may go on with an origin that was taken from the list.
    maxAge: preflightSeconds,
    // The plugin would refuse an OPTIONS that is no preflight in plain text.
    strictPreflight: false,
  });
}
