import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import type { RestEnv } from './request.ts';

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit: per token, interaction routes exempt. */
const globalLimit = { requests: 50, windowMs: 1000 };

/** https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
const invalidLimit = { requests: 10_000, windowMs: 600_000 };

const defaultLimit = { requests: 50, windowMs: 1000 };

/**
 * Requests per window by method and route. Discord publishes no table (a client shall read the headers); these are
 * the values its headers commonly carry.
 */
const routeLimits: Record<string, Limit> = {
  'POST /channels/:id/messages': { requests: 5, windowMs: 5000 },
  'GET /channels/:id/messages': { requests: 5, windowMs: 5000 },
  'PATCH /channels/:id/messages/:id': { requests: 5, windowMs: 5000 },
  'DELETE /channels/:id/messages/:id': { requests: 5, windowMs: 1000 },
  'POST /channels/:id/messages/bulk-delete': { requests: 1, windowMs: 3000 },
  'PUT /channels/:id/messages/:id/reactions/:emoji/@me': { requests: 1, windowMs: 250 },
  'POST /channels/:id/typing': { requests: 5, windowMs: 5000 },
  'POST /channels/:id/webhooks': { requests: 5, windowMs: 60_000 },
  'POST /webhooks/:id/:token': { requests: 5, windowMs: 2000 },
  'PUT /applications/:id/commands': { requests: 5, windowMs: 20_000 },
  'POST /applications/:id/commands': { requests: 5, windowMs: 20_000 },
  'PUT /applications/:id/guilds/:id/commands': { requests: 5, windowMs: 20_000 },
  'POST /applications/:id/guilds/:id/commands': { requests: 5, windowMs: 20_000 },
};

/** Windows that ended are forgotten when this many are known. */
const sweepAt = 1000;

interface Limit {
  requests: number;
  windowMs: number;
}

interface Window {
  used: number;
  endsAt: number;
}

export interface RequestFacts {
  method: string;
  /** Path below `/api/v10`, without the query, as the client sent it. */
  path: string;
  /** Who asks: the token, or a name for those without one. */
  caller: string;
}

/** What a 429 answers. `code` is 0 but for limits that have a code of their own. */
export interface RateLimitBody {
  message: string;
  retry_after: number;
  global: boolean;
  code: number;
}

export interface Verdict {
  /** To be set on the answer, whatever it is. */
  headers: Record<string, string>;
  /** Set when the request is refused with status 429. */
  refused?: RateLimitBody;
}

export interface RateLimiter {
  /** Counts a request and says whether it may pass. */
  take(request: RequestFacts): Verdict;
  /** Counts an answer with status 401, 403 or 429: too many of them block the caller. */
  countInvalid(caller: string): void;
}

/** Limits as Discord's, or (`off`) the same headers and no refusal, for what is not about limits. */
export function createRateLimiter(clock: Clock, mode: 'discord' | 'off'): RateLimiter {
  if (mode === 'off') return createOpenLimiter(clock);
  const windows = new Map<string, Window>();
  const use = (key: string, limit: Limit) => useWindow(windows, key, limit, clock.now());
  return {
    take({ method, path, caller }) {
      const blocked = windows.get(`invalid ${caller}`);
      if (blocked && blocked.used >= invalidLimit.requests && blocked.endsAt > clock.now()) {
        return refuse(blocked.endsAt - clock.now(), 'global', {});
      }
      const place = placeOf(path);
      if (place.callback) return { headers: {} };
      if (!place.interaction) {
        const window = use(`global ${caller}`, globalLimit);
        if (window.used > globalLimit.requests) return refuse(window.endsAt - clock.now(), 'global', {});
      }
      const limit = routeLimits[`${method} ${place.route}`] ?? defaultLimit;
      const window = use(`${caller} ${method} ${place.route} ${place.major}`, limit);
      const headers = bucketHeaders(`${method} ${place.route}`, limit, window, clock.now());
      return window.used > limit.requests
        ? refuse(window.endsAt - clock.now(), 'user', headers)
        : { headers };
    },
    countInvalid(caller) {
      use(`invalid ${caller}`, invalidLimit);
    },
  };
}

/** Every request finds its bucket untouched. */
function createOpenLimiter(clock: Clock): RateLimiter {
  return {
    take({ method, path }) {
      const { route, callback } = placeOf(path);
      if (callback) return { headers: {} };
      const limit = routeLimits[`${method} ${route}`] ?? defaultLimit;
      const window = { used: 1, endsAt: clock.now() + limit.windowMs };
      return { headers: bucketHeaders(`${method} ${route}`, limit, window, clock.now()) };
    },
    countInvalid: () => undefined,
  };
}

/** Puts rate limits before the routes of the REST app. */
export function rateLimit({
  clock,
  mode,
}: {
  clock: Clock;
  mode: 'discord' | 'off';
}): MiddlewareHandler<RestEnv> {
  const limiter = createRateLimiter(clock, mode);
  return async (c, next) => {
    const caller = c.req.header('authorization') ?? 'anonymous';
    const path = c.req.path.replace(/^\/api(\/v\d+)?/, '');
    const { headers, refused } = limiter.take({ method: c.req.method, path, caller });
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (refused) c.res = c.json(refused, 429);
    else await next();
    if ([401, 403, 429].includes(c.res.status)) limiter.countInvalid(caller);
  };
}

function useWindow(windows: Map<string, Window>, key: string, limit: Limit, now: number): Window {
  let window = windows.get(key);
  if (window === undefined || window.endsAt <= now) {
    if (windows.size >= sweepAt) {
      for (const [old, { endsAt }] of windows) if (endsAt <= now) windows.delete(old);
    }
    window = { used: 0, endsAt: now + limit.windowMs };
    windows.set(key, window);
  }
  window.used += 1;
  return window;
}

function bucketHeaders(route: string, limit: Limit, window: Window, now: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(limit.requests),
    'X-RateLimit-Remaining': String(Math.max(0, limit.requests - window.used)),
    'X-RateLimit-Reset': (window.endsAt / 1000).toFixed(3),
    'X-RateLimit-Reset-After': ((window.endsAt - now) / 1000).toFixed(3),
    'X-RateLimit-Bucket': createHash('md5').update(route).digest('hex'),
  };
}

function refuse(waitMs: number, scope: 'user' | 'global', headers: Record<string, string>): Verdict {
  const seconds = waitMs / 1000;
  return {
    headers: {
      ...headers,
      // The header is in whole seconds and may not be too early; the body says it exactly.
      'Retry-After': String(Math.ceil(seconds)),
      'X-RateLimit-Scope': scope,
      ...(scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
    },
    refused: {
      message: 'You are being rate limited.',
      retry_after: seconds,
      global: scope === 'global',
      code: 0,
    },
  };
}

interface Place {
  /** The path with its ids replaced: which limit applies. */
  route: string;
  /** The channel, guild or webhook that has a bucket of its own. */
  major: string;
  /** An interaction's initial response: not limited at all. */
  callback: boolean;
  /** Any interaction route: outside the global limit. */
  interaction: boolean;
}

function placeOf(path: string): Place {
  const parts = path.replaceAll('%40', '@').split('/').filter(Boolean);
  const [resource, id = '', token = ''] = parts;
  const onWebhook = resource === 'webhooks' && token !== '';
  const route = parts.map((part, index) => {
    if (/^\d{15,20}$/.test(part)) return ':id';
    if (onWebhook && index === 2) return ':token';
    return parts[index - 1] === 'reactions' ? ':emoji' : part;
  });
  return {
    route: `/${route.join('/')}`,
    major: onWebhook ? `${id}/${token}` : id,
    callback: resource === 'interactions' && parts.at(-1) === 'callback',
    // Interaction tokens are long; those of incoming webhooks have 68 characters.
    interaction: resource === 'interactions' || (onWebhook && token.length > 100),
  };
}
