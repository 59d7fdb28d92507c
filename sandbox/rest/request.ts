import type { Context } from 'hono';
import { badJson, entityTooLarge, fieldError, invalidForm, unauthorized } from '../errors.ts';
import type { Upload } from '../actions/files.ts';
import type { Check } from '../validate/checks.ts';
import { Form } from '../validate/form.ts';
import type { Application } from '../world.ts';

/** What the app puts at the side of every request. */
export interface RestEnv {
  Variables: {
    /** Set when the request carries a valid bot token. */
    application?: Application;
    /** The request's JSON (of `payload_json` in a multipart form), once it was read. */
    body?: unknown;
  };
}

export type RestContext = Context<RestEnv>;

export interface Body {
  json: Record<string, unknown>;
  files: Upload[];
}

/** https://docs.discord.com/developers/reference#uploading-files: the largest request. */
const MAX_REQUEST_BYTES = 25 * 1024 * 1024;

/** The bot that calls. @throws DiscordError 401 without a valid token */
export function caller(c: RestContext): Application {
  const application = c.get('application');
  if (application === undefined) throw unauthorized();
  return application;
}

/** The path parameter; the route declares it, so that it is there. */
export function param(c: RestContext, name: string): string {
  return c.req.param(name) ?? '';
}

/**
 * Reads a JSON object or a multipart form with `payload_json` and `files[n]`. No body reads as `{}`.
 * @throws DiscordError 50109 not JSON, 50035 not an object, 40005 larger than 25 MiB
 */
export async function readBody(c: RestContext): Promise<Body> {
  const { json, files } = await readAny(c);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidForm(fieldError([], 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType'));
  }
  return { json: json as Record<string, unknown>, files };
}

/** Like {@link readBody} for the few routes that take an array. @throws DiscordError 50109, 50035, 40005 */
export async function readList(c: RestContext): Promise<unknown[]> {
  const { json } = await readAny(c);
  if (!Array.isArray(json)) {
    throw invalidForm(fieldError([], 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'));
  }
  return json;
}

async function readAny(c: RestContext): Promise<{ json: unknown; files: Upload[] }> {
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > MAX_REQUEST_BYTES) throw entityTooLarge();
  const contentType = c.req.header('content-type') ?? '';
  const isForm = contentType.startsWith('multipart/form-data');
  const read = isForm ? await readForm(bytes, contentType) : { json: parse(decode(bytes)), files: [] };
  c.set('body', read.json);
  return read;
}

async function readForm(
  bytes: ArrayBuffer,
  contentType: string,
): Promise<{ json: unknown; files: Upload[] }> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw badJson();
    });
  const files: Upload[] = [];
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else files.push(await upload(name, value));
  }
  const payload = fields['payload_json'];
  return { json: typeof payload === 'string' ? parse(payload) : fields, files };
}

async function upload(name: string, file: File): Promise<Upload> {
  const key = /^files?\[(\d+)\]$/.exec(name)?.[1] ?? name;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { key, filename: file.name, contentType: file.type || 'application/octet-stream', bytes };
}

function decode(bytes: ArrayBuffer): string {
  return new TextDecoder().decode(bytes);
}

function parse(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw badJson();
  }
}

/** The `limit` of a list. @throws DiscordError 50035 unless it is 1 to `max` */
export function limitOf(value: string | undefined, { max, usual }: { max: number; usual: number }): number {
  if (value === undefined) return usual;
  const limit = Number(value);
  const fail = (code: string, message: string) => invalidForm(fieldError(['limit'], code, message));
  if (!/^-?\d+$/.test(value)) throw fail('NUMBER_TYPE_COERCE', `Value "${value}" is not int.`);
  if (limit < 1) throw fail('NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.');
  if (limit > max) throw fail('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  return limit;
}

/** A snowflake of the query. @throws DiscordError 50035 when it is none */
export function idOf(query: Record<string, string>, name: string): string | undefined {
  const value = query[name];
  if (value !== undefined && !/^\d{1,20}$/.test(value)) {
    const message = `Value "${value}" is not snowflake.`;
    throw invalidForm(fieldError([name], 'NUMBER_TYPE_COERCE', message));
  }
  return value;
}

/** Checks a body against the shape of a form. @throws DiscordError 50035 with every fault found */
export function checkForm(body: Record<string, unknown>, check: Check): void {
  const form = new Form();
  check(body, form);
  if (form.errors !== undefined) throw invalidForm(form.errors);
}
