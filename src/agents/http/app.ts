import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Config } from '../../config.ts';
import { ENTRIES_MAX } from '../../domain/agent-report.ts';
import { authenticate } from '../authenticate.ts';
import { callFunction } from '../call.ts';
import type { Call, Caller, Doors } from '../doors.ts';
import { AgentError } from '../errors.ts';
import type { AgentFunction } from '../functions/define.ts';
import { functions } from '../functions/index.ts';
import { readBody, readJson, readLines, textOf } from './body.ts';
import type { BodyLimits } from './body.ts';
import { createGuard } from './guard.ts';
import { createKeys } from './keys.ts';
import { createMcpDoor } from './mcp.ts';
import { openApi } from './openapi.ts';
import { createRateLimit } from './rate-limit.ts';
import type { Rate } from './rate-limit.ts';
import { refusalOf } from './refusal.ts';
import { createTraceDoor } from './traces.ts';

export interface HttpOptions {
  api: NonNullable<Config['agentApi']>;
  rate?: Rate;
  body?: BodyLimits;
  /** A client that sends nothing for so long, in ms, is not waited for. */
  patience?: number;
  /** Aborted when the door closes. */
  signal: AbortSignal;
}

/** Behind each request is Node's own. */
export interface Served {
  Bindings: HttpBindings;
}

const MIB = 1024 * 1024;
const BODY: BodyLimits = { sent: 4 * MIB, unpacked: 16 * MIB };
const RATE: Rate = { burst: 500, perSecond: 100 };

/**
 * The HTTP door: `POST /v1/<function>` with JSON, `GET /v1/openapi.json`; and on the same port the OTLP door,
 * `POST /v1/traces`, and the MCP door, `/mcp`.
 */
export function createHttp(
  doors: Doors,
  { api, rate = RATE, body = BODY, signal }: HttpOptions,
): Hono<Served> {
  const guard = createGuard(api);
  const limit = createRateLimit(rate);
  const keys = createKeys();
  const app = new Hono<Served>();
  app.use(async (context, next) => {
    guard(context.req.raw);
    await next();
  });
  app.get('/v1/openapi.json', (context) => context.json(openApi(functions)));
  for (const one of functions) {
    app.post(`/v1/${one.name}`, async (context) => {
      const caller = await admitted(context, doors, limit);
      const sent = await readBody(context.env.incoming, body);
      const given = one.isReading ? undefined : context.req.header('idempotency-key');
      const { pathname, search } = new URL(context.req.url);
      const said = [pathname + search, sent];
      return keys({ botKey: caller.bot.key, given, said }, async (key) => {
        const call = callOf(context, { doors, caller, key }, signal);
        return context.json((await callFunction(one, inputOf(context, one, sent), call)) as object);
      });
    });
    app.all(`/v1/${one.name}`, () => {
      throw new AgentError('method_not_allowed', 'Functions are called with POST.');
    });
  }
  const admit = (context: Context<Served>) => admitted(context, doors, limit);
  app.post('/v1/traces', createTraceDoor({ doors, body, signal, admit }));
  const mcp = createMcpDoor({ doors, keys, maxRequestBodySize: body.sent, signal });
  app.all('/mcp', async (context) => mcp(context.req.raw, await admit(context)));
  app.notFound((context) =>
    refused(context, new AgentError('not_found', 'There is no such function: see /v1/openapi.json.')),
  );
  app.onError((error, context) => refused(context, refusalOf(error, doors)));
  return app;
}

function callOf({ req: { raw } }: Context<Served>, what: Omit<Call, 'signal'>, closing: AbortSignal): Call {
  return {
    ...what,
    // Few ask for it, and it takes a while to make.
    get signal() {
      return AbortSignal.any([raw.signal, closing]);
    },
  };
}

/** The bot behind a request. @throws AgentError */
async function admitted(
  context: Context<Served>,
  doors: Doors,
  limit: ReturnType<typeof createRateLimit>,
): Promise<Caller> {
  const caller = await authenticate(doors, context.req.header('authorization'));
  limit(caller.tokenId, performance.now());
  return caller;
}

/** JSON or, for many entries, a line of JSON each, with where they go in the address. */
function inputOf(context: Context<Served>, one: AgentFunction, sent: Uint8Array): unknown {
  const [type = ''] = (context.req.header('content-type') ?? 'application/json').split(';');
  const text = textOf(sent);
  if (type.trim() === 'application/json') return text.trim() === '' ? {} : readJson(text, 'The body');
  if (type.trim() === 'application/x-ndjson' && one.name === 'log_entries')
    return { ...context.req.query(), entries: readLines(text, ENTRIES_MAX) };
  throw new AgentError(
    'unsupported_type',
    'The body is JSON: `Content-Type: application/json`; for log_entries also application/x-ndjson.',
  );
}

function refused(context: Context<Served>, error: AgentError): Response {
  if (error.retryAfter !== undefined) context.header('Retry-After', String(error.retryAfter));
  if (error.code === 'unauthorized') context.header('WWW-Authenticate', 'Bearer');
  return context.json(error.toJSON(), error.status);
}
