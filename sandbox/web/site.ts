import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Core } from '../core.ts';
import { DiscordError } from '../errors.ts';
import type { FormErrors } from '../errors.ts';
import { RefusedByClient } from '../people/refusal.ts';
import type { RestEnv } from '../rest/request.ts';
import { acts } from './acts.ts';
import { indexFile, pageFile } from './files.ts';
import type { PageFile } from './files.ts';
import { pageHeaders } from './guard.ts';
import type { GuideBoard } from './guide.ts';
import { peopleOf } from './sight.ts';
import type { Visits } from './visits.ts';

/** Base64 of the 25 MiB that Discord takes, and a little for what stands around it. */
const MAX_BODY_BYTES = 36 * 1024 * 1024;

/**
 * The page at `/` and `/channels/…`, its files at `/web/…`, and what it asks for:
 * `GET /web/api/people`, `POST /web/api/visits { person }`, `POST /web/api/guide { tip }` and, with the visit's token in `x-visit`,
 * `POST /web/api/acts/NAME { channel, … }`.
 */
export function createSite(core: Core, visits: Visits, board: GuideBoard): Hono<RestEnv> {
  const site = new Hono<RestEnv>();
  const index = async (c: Context<RestEnv>) => serve(c, await indexFile());
  site.get('/', index);
  site.get('/channels/*', index);
  site.get('/web/api/people', (c) => reply(c, peopleOf(core)));
  site.use('/web/api/*', fromThePage, bodyLimit({ maxSize: MAX_BODY_BYTES }));
  site.post('/web/api/visits', async (c) => {
    const { person } = z.object({ person: z.string() }).parse(await c.req.json());
    const visit = visits.begin(person);
    if (visit === undefined) throw new RefusedByClient('There is nobody like that here.');
    return reply(c, { token: visit.token });
  });
  site.post('/web/api/guide', async (c) => {
    const { tip } = z.object({ tip: z.int() }).parse(await c.req.json());
    await board.run(tip);
    return reply(c, {});
  });
  site.post('/web/api/acts/:act', async (c) => {
    const visit = visits.find(c.req.header('x-visit'));
    if (visit === undefined)
      return reply(c, { error: 'This page has been open for too long: reload it.' }, 401);
    const act = Object.hasOwn(acts, c.req.param('act')) ? acts[c.req.param('act')] : undefined;
    if (act === undefined) return reply(c, { error: 'There is no such act.' }, 404);
    const body = z.looseObject({ channel: z.string() }).parse(await c.req.json());
    const place = visit.person.in({ id: body.channel });
    return reply(c, (await act({ core, visit, place }, body)) ?? {});
  });
  site.get('/web/*', async (c) => serve(c, await pageFile(c.req.path.slice('/web/'.length))));
  site.onError((error, c) => refusal(c, error));
  return site;
}

/** Browsers say where a request that changes something comes from; what does not say it is no page. */
async function fromThePage(c: Context<RestEnv>, next: () => Promise<void>): Promise<Response | void> {
  if (c.req.method !== 'POST' || c.req.header('origin') === undefined) {
    return reply(c, { error: 'This is for the page of this server alone.' }, 403);
  }
  return next();
}

function serve(c: Context<RestEnv>, file: PageFile | undefined): Response {
  const headers = pageHeaders(c.req.header('host')!);
  if (file === undefined) return c.text('There is nothing here.', 404, headers);
  return c.body(file.bytes, 200, { ...headers, 'content-type': file.type });
}

function reply(
  c: Context<RestEnv>,
  data: unknown,
  status: 200 | 400 | 401 | 403 | 404 | 500 = 200,
): Response {
  for (const [name, value] of Object.entries(pageHeaders(c.req.header('host')!))) c.header(name, value);
  return c.json(data as object, status);
}

/**
 * What a person may not do, or filled in wrongly, is told in words: it is an answer like others (200), or browsers would log
 * it as a failure. Anything else is a fault of the page or of this program.
 */
function refusal(c: Context<RestEnv>, error: Error): Response {
  if (error instanceof RefusedByClient) return reply(c, { error: error.message });
  if (error instanceof DiscordError) return reply(c, { error: inWords(error) });
  if (error instanceof z.ZodError || error instanceof SyntaxError) {
    return reply(c, { error: 'The page sent something that makes no sense here: reload it.' }, 400);
  }
  console.error(error);
  return reply(c, { error: 'This Discord failed: its log says why.' }, 500);
}

function inWords({ message, errors }: DiscordError): string {
  const details = errors === undefined ? [] : messagesIn(errors);
  return details.length > 0 ? details.join(' ') : message;
}

function messagesIn(errors: FormErrors): string[] {
  return Object.values(errors).flatMap((inner) =>
    Array.isArray(inner) ? inner.map(({ message }) => message) : messagesIn(inner),
  );
}
