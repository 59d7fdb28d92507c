import { STATUSES } from '../errors.ts';
import type { AgentFunction } from '../functions/define.ts';
import { jsonSchema } from '../json-schema.ts';

type Json = Record<string, unknown>;

/** Describes the HTTP door to programs: https://spec.openapis.org/oas/v3.1.1 */
export function openApi(functions: readonly AgentFunction[]): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Work Logs',
      version: '1',
      description: 'Agents write and read their own work logs. Each function is one POST with JSON.',
    },
    security: [{ token: [] }],
    paths: Object.fromEntries(functions.map((one) => [`/v1/${one.name}`, { post: operation(one) }])),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'As `/bot token create` in Discord gives it.' },
      },
      schemas: { Error: ERROR },
    },
  };
}

const ERROR: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { enum: Object.keys(STATUSES) },
        message: { type: 'string', description: 'What is wrong, and what to do.' },
        index: { type: 'integer', description: 'Of several entries, the first that is at fault, from 0.' },
        faults: { type: 'array', items: { type: 'string' } },
      },
    },
  },
};

const KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
  description: 'The request made again with the same key has the same effect as once.',
};

function operation(one: AgentFunction): Json {
  const { name, title, description, input, output, isReading } = one;
  const body = { 'application/json': { schema: jsonSchema(input, 'input') } };
  return {
    operationId: name,
    summary: title,
    description,
    ...(!isReading && { parameters: [KEY, ...(name === 'log_entries' ? PLACE : [])] }),
    requestBody: { required: true, content: name === 'log_entries' ? { ...body, ...LINES } : body },
    responses: {
      200: {
        description: 'Done.',
        content: { 'application/json': { schema: jsonSchema(output, 'output') } },
      },
      default: {
        description: 'Nothing was changed.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

/** Of lines, where they go is said in the address. */
const PLACE: Json[] = ['workspace', 'thread_id', 'session_id', 'conversation_id'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string' },
  description: 'For application/x-ndjson.',
}));

const LINES: Json = {
  'application/x-ndjson': {
    schema: { type: 'string', description: 'One entry a line, as in `entries`.' },
  },
};
