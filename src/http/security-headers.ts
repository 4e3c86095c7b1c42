import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Sources by directive, in the spelling of the header: `{'style-src': ["'self'"]}`. */
export type ContentSecurityPolicy = Readonly<Record<string, readonly string[]>>;

/** An answer of the API is no page: nothing may be loaded, framed or sent from it. */
const nothing: ContentSecurityPolicy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
};

const hstsSeconds = 365 * 24 * 3600;

/** On every answer, error or not. Set on Node's response, so that event streams have them too. */
export function registerSecurityHeaders(instance: FastifyInstance, https: boolean): void {
  instance.addHook('onRequest', (_request, reply, done) => {
    // The default: an answer that may be kept says so itself.
    reply.raw.setHeader('cache-control', 'no-store');
    done();
  });
  void instance.register(helmet, {
    contentSecurityPolicy: toHelmet(nothing),
    strictTransportSecurity: https ? { maxAge: hstsSeconds, includeSubDomains: true } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
}

/** The same for answers that no hook sees. A test holds the two together. */
export function bareSecurityHeaders(https: boolean): Record<string, string> {
  const policy = Object.entries(nothing).map(([name, sources]) => `${name} ${sources.join(' ')}`);
  return {
    'cache-control': 'no-store',
    'content-security-policy': policy.join(';'),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    ...(https && {
      'strict-transport-security': `max-age=${hstsSeconds}; includeSubDomains`,
    }),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  };
}

/**
 * Gives the pages at `path` and below it a policy of their own (for `/` only the start page). By the
 * route that was found and not by the URL, which has many spellings. Before the application starts.
 */
export function setContentSecurityPolicy(
  instance: FastifyInstance,
  path: string,
  policy: ContentSecurityPolicy,
): void {
  const contentSecurityPolicy = toHelmet({ ...nothing, ...policy });
  instance.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? '';
    if (route === path || (path !== '/' && route.startsWith(`${path}/`))) {
      reply.helmet({ contentSecurityPolicy });
    }
    done();
  });
}

function toHelmet(
  policy: ContentSecurityPolicy,
): NonNullable<FastifyHelmetOptions['contentSecurityPolicy']> {
  return { useDefaults: false, directives: { ...policy } };
}
