import { Hono } from 'hono';
import type { Core } from '../core.ts';
import { caller } from './request.ts';
import type { RestEnv } from './request.ts';

/** Where to connect: `/gateway`, `/gateway/bot`. */
export function gatewayRoutes(core: Core): Hono<RestEnv> {
  const url = () => core.origin.replace(/^http/, 'ws');
  return new Hono<RestEnv>()
    .get('/gateway', (c) => c.json({ url: url() }))
    .get('/gateway/bot', (c) => {
      caller(c);
      const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
      return c.json({ url: url(), shards: 1, session_start_limit: limit });
    });
}
