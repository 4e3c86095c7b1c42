import { createParamDecorator } from '@nestjs/common';
import { checkedTokenOf, type HttpRequest } from '@portcullis/auth';
import type { FastifyRequest } from 'fastify';
import { originOf } from '../http/request-origin.js';
import type { Operator } from './operator.js';

/** The administrator who asks. Never on a public route: an action without an author is not done. */
export const CurrentOperator = createParamDecorator<void, Operator>((_data, context) => {
  const request = context.switchToHttp().getRequest<FastifyRequest & HttpRequest>();
  const checked = checkedTokenOf(request);
  if (checked === undefined) throw new Error('an action of an operator on a public route');
  return { actor: { type: 'user', id: checked.principal.subject }, origin: originOf(request) };
});
