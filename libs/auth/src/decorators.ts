import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { CheckedToken } from './access-token/checked-token.js';
import type { Principal } from './access-token/principal.js';
import { checkedTokenOf, type HttpRequest } from './http-message.js';

export const publicKey = 'portcullis:public';
export const rolesKey = 'portcullis:roles';
export const skipRefreshKey = 'portcullis:skipRefresh';

/** Opens a route (or a controller) to callers without a token. Everything else is closed. */
export const Public = (): CustomDecorator => SetMetadata(publicKey, true);

/** Lets in only principals that have at least one of `roles`; others get 403 `forbidden`. */
export const Roles = (...roles: [string, ...string[]]): CustomDecorator =>
  SetMetadata(rolesKey, roles);

/** The answer of this route carries no refreshed token: it ends the session, or sets one of its own. */
export const SkipRefresh = (): CustomDecorator => SetMetadata(skipRefreshKey, true);

/**
 * The `Principal` of a guarded route.
 * @throws Error on a public route, where there is none: a handler that counts on one must be guarded.
 */
export const CurrentUser = createParamDecorator<void, Principal>(
  (_data, context: ExecutionContext) => currentToken(context).principal,
);

/** The checked token itself, for handlers that mint or end sessions. Other handlers take `@CurrentUser()`. */
export const CurrentToken = createParamDecorator<void, CheckedToken>((_data, context) =>
  currentToken(context),
);

function currentToken(context: ExecutionContext): CheckedToken {
  const checked = checkedTokenOf(context.switchToHttp().getRequest<HttpRequest>());
  if (checked === undefined) {
    throw new Error(
      `${context.getClass().name}.${context.getHandler().name} is public and has no current user`,
    );
  }
  return checked;
}
