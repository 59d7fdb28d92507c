import type { MiddlewareHandler } from 'hono';
import type { RestEnv } from '../rest/request.ts';

/** The names under which a browser on this machine reaches it. */
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request is meant for this machine and, where a page made it, for the page's own server. A foreign name in `Host`
 * is DNS rebinding; a foreign `Origin` is another site that uses the visitor's browser. Programs send no `Origin`.
 */
export function isOurs(host: string | undefined, origin: string | undefined): boolean {
  if (host === undefined || !OWN_NAMES.has(host.replace(/:\d+$/, ''))) return false;
  return origin === undefined || origin === `http://${host}`;
}

/** Refuses what is not ours, whatever is asked for. */
export function guard(): MiddlewareHandler<RestEnv> {
  return async (c, next) => {
    if (isOurs(c.req.header('host'), c.req.header('origin'))) return next();
    return c.text('This Discord answers programs and its own page on this machine only.', 403);
  };
}

/** What the page's own server says about everything it serves to a browser. */
export function pageHeaders(host: string): Record<string, string> {
  return {
    'content-security-policy': policyFor(host),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
}

/**
 * Nothing but this server's own files: no inline script or style, no other host, no frame around it. Markup comes into being
 * through lit-html's templates alone (trusted types). Not every browser takes `'self'` for a WebSocket, so that it is named.
 */
function policyFor(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}
