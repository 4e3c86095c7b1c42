import type { FastifyReply } from 'fastify';

/** Hands a token to the client in the header that it reads it from. */
export function setAccessToken(reply: FastifyReply, token: string): void {
  reply.header('authorization', `Bearer ${token}`);
  reply.header('cache-control', 'no-store');
}
