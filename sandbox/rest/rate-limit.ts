import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import type { RestEnv } from './request.ts';
import { limitOf, placeOf, type Limit } from './route-limits.ts';

/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit: per token, interaction routes exempt. */
const globalLimit = { requests: 50, windowMs: 1000 };

/** https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans */
const invalidLimit = { requests: 10_000, windowMs: 600_000 };

/** Windows that ended are forgotten when this many are known. */
const sweepAt = 1000;

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
      const limit = limitOf(method, place.route);
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
      const limit = limitOf(method, route);
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
