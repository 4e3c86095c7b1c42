import type { ExecutionContext, Type } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { publicKey, rolesKey, skipRefreshKey } from '../decorators.js';

/** What the decorators of a route, or of its controller, say. */
export interface RouteRules {
  readonly isPublic: boolean;
  /** Null: any. */
  readonly roles: readonly string[] | null;
  readonly slides: boolean;
}

/** Where Nest keeps what `@Redirect()` says. */
const redirectKey = '__redirect__';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/**
 * The rules of each route, looked up once: decorators do not change. By controller and handler, because
 * controllers that extend another share its handlers.
 */
export class AllRouteRules {
  private readonly known = new WeakMap<Type, WeakMap<Handler, RouteRules>>();

  constructor(private readonly reflector: Reflector) {}

  of(context: ExecutionContext): RouteRules {
    const controller = context.getClass();
    const handler = context.getHandler();
    return this.known.get(controller)?.get(handler) ?? this.read(controller, handler);
  }

  private read(controller: Type, handler: Handler): RouteRules {
    const find = (key: string): unknown =>
      this.reflector.getAllAndOverride<unknown>(key, [handler, controller]);
    const rules = {
      isPublic: find(publicKey) === true,
      roles: (find(rolesKey) as readonly string[] | undefined) ?? null,
      // Express learns of a redirect only when the token would be on its answer.
      slides: find(skipRefreshKey) !== true && find(redirectKey) === undefined,
    };
    const ofController = this.known.get(controller) ?? new WeakMap<Handler, RouteRules>();
    this.known.set(controller, ofController.set(handler, rules));
    return rules;
  }
}
