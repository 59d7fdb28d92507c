import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Core } from '../core.ts';
import { DiscordError, notFound, unauthorized } from '../errors.ts';
import { applicationByToken } from '../world.ts';
import { applicationRoutes } from './applications.ts';
import { attachmentRoutes } from './attachments.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { gatewayRoutes } from './gateway.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
import { roleRoutes } from './roles.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes, webhookTokenRoutes } from './webhooks.ts';
import { guard } from '../web/guard.ts';
import type { RestContext, RestEnv } from './request.ts';

/** One REST request with its answer, as a conformance check wants to see it. Bodies are parsed JSON, or undefined. */
export interface Exchange {
  method: string;
  /** Without the `/api/v10` prefix, as it arrived. */
  path: string;
  /** The pattern that matched, e.g. `/channels/:channel/messages`; undefined when none did. */
  route?: string;
  status: number;
  requestBody: unknown;
  requestContentType: string | undefined;
  responseBody: unknown;
  headers: Headers;
}

export interface RestOptions {
  onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Run before every route, in this order: faults, rate limits. */
  gates: MiddlewareHandler<RestEnv>[];
  /** What a browser is shown beside the API. */
  pages: Hono<RestEnv>;
}

/** Every resource, in the order in which routes are tried. */
const resources = [
  gatewayRoutes,
  userRoutes,
  applicationRoutes,
  commandRoutes,
  guildRoutes,
  roleRoutes,
  memberRoutes,
  channelRoutes,
  threadRoutes,
  messageRoutes,
  reactionRoutes,
  pinRoutes,
  webhookRoutes,
  // An application's id in a webhook's address means an interaction; what is left are webhooks.
  interactionRoutes,
  webhookTokenRoutes,
];

const VERSION_PREFIX = /^\/api(\/v10)?/;

/** The REST API, version 10, at `/api/v10` (and at `/api`), with Discord's error bodies. */
export function createRest(core: Core, options: RestOptions): Hono<RestEnv> {
  const routes = new Hono<RestEnv>();
  for (const resource of resources) routes.route('/', resource(core));

  // Some clients write `@me` and `@original` as they are, some escaped.
  const app = new Hono<RestEnv>({ getPath: ({ url }) => new URL(url).pathname.replaceAll('%40', '@') });
  app.use(guard());
  if (options.onExchange !== undefined) app.use('/api/*', watch(options.onExchange));
  for (const gate of options.gates) app.use('/api/*', gate);
  app.use('/api/*', authenticate(core));
  app.route('/api/v10', routes);
  app.route('/api', routes);
  app.route('/', attachmentRoutes(core));
  app.route('/', options.pages);
  app.notFound((c) => answer(c, notFound()));
  app.onError((error, c) => answer(c, error));
  return app;
}

/** Finds the bot of `Authorization: Bot …`; a wrong token is refused whatever the route. */
function authenticate(core: Core): MiddlewareHandler<RestEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization');
    if (header !== undefined) {
      const token = /^Bot (.+)$/.exec(header)?.[1] ?? '';
      const application = applicationByToken(core.world, token);
      if (application === undefined) throw unauthorized();
      c.set('application', application);
    }
    await next();
  };
}

/** An error that is not Discord's is a fault of this program: it is shown to whoever runs it. */
function answer(c: RestContext, error: Error): Response {
  const isKnown = error instanceof DiscordError;
  if (!isKnown) console.error(error);
  const known = isKnown ? error : new DiscordError(500, 0, '500: Internal Server Error');
  for (const [name, value] of Object.entries(known.headers)) c.header(name, value);
  return c.body(JSON.stringify(known), known.status as 400, { 'content-type': 'application/json' });
}

function watch(onExchange: (exchange: Exchange) => void): MiddlewareHandler<RestEnv> {
  return async (c, next) => {
    await next();
    const route = routePath(c, -1).replace(VERSION_PREFIX, '');
    onExchange({
      method: c.req.method,
      path: c.req.path.replace(VERSION_PREFIX, ''),
      ...(route !== '' && route !== '/*' && { route }),
      status: c.res.status,
      requestBody: c.get('body'),
      requestContentType: c.req.header('content-type'),
      responseBody: await jsonOf(c.res),
      headers: c.res.headers,
    });
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) return undefined;
  const text = await response.clone().text();
  return text === '' ? undefined : JSON.parse(text);
}
