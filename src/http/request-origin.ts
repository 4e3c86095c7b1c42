import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Where a request came from, for sessions and the audit log. */
export interface RequestOrigin {
  readonly ip: string;
  readonly requestId: string;
  readonly userAgent: string;
}

/** The address is the socket's, or what `TRUST_PROXY` lets a proxy say; never a header as such. */
export const originOf = (request: FastifyRequest): RequestOrigin => ({
  ip: request.ip,
  requestId: request.id,
  userAgent: request.headers['user-agent'] ?? '',
});

export const Origin = createParamDecorator<void, RequestOrigin>((_data, context) =>
  originOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
