import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../sandbox/rest/app.ts';
import { exemptions } from './openapi-exemptions.ts';

/** Tells what of an exchange the official description of Discord's HTTP API does not allow; one line each. */
export type Conformance = (exchange: Exchange) => string[];

interface Content {
  content?: Record<string, { schema: object }>;
}
interface Operation {
  requestBody?: Content;
  responses: Record<string, Content & { $ref?: string }>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
}

const documentId = 'discord';

/**
 * Reads an OpenAPI 3.1 description; schemas are compiled when first needed, for compiling all takes minutes.
 * @throws when an exemption points to nothing: the description has changed
 */
export function loadConformance(file: string): Conformance {
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  for (const { at, schema } of exemptions) for (const pointer of at) replaceAt(description, pointer, schema);
  const validatorFor = createCompiler(description);
  const templates = templatesOf(description);

  return (exchange) => {
    const template = templates.find(({ matches }) => matches.test(exchange.path.replaceAll('%40', '@')));
    const method = exchange.method.toLowerCase();
    const operation = template && description.paths[template.path]?.[method];
    const where = `${exchange.method} ${template?.path ?? exchange.path} ${exchange.status}`;
    if (operation === undefined) return isRefusal(exchange) ? [] : [`${where}: no such operation`];
    const base = ['paths', template?.path ?? '', method];
    return [
      ...checkRequest(exchange, operation, base, validatorFor),
      ...checkResponse(exchange, operation, base, validatorFor),
    ].map((fault) => `${where} ${fault}`);
  };
}

type ValidatorFor = (path: string[]) => ValidateFunction;

/** A refused request may be wrong: that is why it was refused. */
function checkRequest(exchange: Exchange, operation: Operation, base: string[], validatorFor: ValidatorFor) {
  const content = operation.requestBody?.content;
  if (exchange.status >= 400 || content === undefined || exchange.requestBody === undefined) return [];
  const kind = 'application/json' in content ? 'application/json' : Object.keys(content)[0]!;
  const validate = validatorFor([...base, 'requestBody', 'content', kind, 'schema']);
  return validate(exchange.requestBody) ? [] : faults('request', validate, exchange.requestBody);
}

function checkResponse(exchange: Exchange, operation: Operation, base: string[], validatorFor: ValidatorFor) {
  // Faults on demand answer 5xx, which the description leaves open.
  if (exchange.status >= 500) return [];
  const status = [String(exchange.status), `${String(exchange.status)[0]}XX`].find(
    (key) => key in operation.responses,
  );
  if (status === undefined) return [`response: status ${exchange.status} is not described`];
  const response = operation.responses[status]!;
  const place =
    response.$ref === undefined ? [...base, 'responses', status] : response.$ref.slice(2).split('/');
  const hasBody = response.$ref !== undefined || response.content !== undefined;
  if (!hasBody) return exchange.responseBody === undefined ? [] : ['response: has a body but should not'];
  const validate = validatorFor([...place, 'content', 'application/json', 'schema']);
  return validate(exchange.responseBody) ? [] : faults('response', validate, exchange.responseBody);
}

function isRefusal({ status }: Exchange): boolean {
  return status === 404 || status === 405 || status === 401 || status >= 500;
}

function faults(part: string, validate: ValidateFunction, body: unknown): string[] {
  const lines = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${part}${instancePath}: ${message} ${JSON.stringify(params)}`;
  });
  return [...new Set(lines), `${part} was ${JSON.stringify(body)?.slice(0, 2000)}`];
}

function createCompiler(description: object): ValidatorFor {
  // Compiling costs more than what is compiled ever does: it is left as it is, and no description is copied into another.
  const code = { code: { optimize: false }, inlineRefs: false };
  const ajv = new Ajv2020({
    ...code,
    strict: false,
    validateSchema: false,
    allErrors: false,
    logger: false,
  });
  addFormats.default(ajv, ['date-time', 'uri']);
  const snowflake = /^\d{1,20}$/;
  for (const name of ['int32', 'int64', 'double'])
    ajv.addFormat(name, { type: 'number', validate: Number.isFinite });
  ajv.addFormat('snowflake', snowflake);
  ajv.addFormat('nonce', true);
  ajv.addSchema(description, documentId);
  const compiled = new Map<string, ValidateFunction>();
  return (path) => {
    const pointer = path.map((part) => `/${escape(part)}`).join('');
    const known = compiled.get(pointer);
    if (known) return known;
    const validate = ajv.compile({ $ref: `${documentId}#${encodeURI(pointer)}` });
    compiled.set(pointer, validate);
    return validate;
  };
}

/** Paths with the most fixed parts first, so that `/messages/@original` is not taken for a message's id. */
function templatesOf(description: Description): { path: string; matches: RegExp }[] {
  const variables = (path: string) => path.match(/\{/g)?.length ?? 0;
  return Object.keys(description.paths)
    .sort((a, b) => variables(a) - variables(b))
    .map((path) => ({ path, matches: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`) }));
}

function replaceAt(root: object, pointer: string, value: object): void {
  const keys = pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop()!;
  let node = root as Record<string, unknown>;
  for (const key of keys) {
    const next = node[key];
    if (typeof next !== 'object' || next === null) throw new Error(`No ${pointer} in the description`);
    node = next as Record<string, unknown>;
  }
  if (!(last in node)) throw new Error(`No ${pointer} in the description`);
  node[last] = value;
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
