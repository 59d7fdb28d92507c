import type { Context } from 'hono';
import type { Call, Caller, Doors } from '../doors.ts';
import { AgentError } from '../errors.ts';
import { recordTraces } from '../otlp/door.ts';
import { createReadProtobuf } from '../otlp/protobuf.ts';
import type { Served } from './app.ts';
import { readBody, readJson, textOf } from './body.ts';
import type { BodyLimits } from './body.ts';

interface Options {
  doors: Doors;
  body: BodyLimits;
  signal: AbortSignal;
  admit(context: Context<Served>): Promise<Caller>;
}

const PROTOBUF = 'application/x-protobuf';

/** The OTLP/HTTP door for traces: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export function createTraceDoor({ doors, body, signal, admit }: Options) {
  const readProtobuf = createReadProtobuf();
  const read = (type: string, sent: Uint8Array): unknown => {
    if (type === 'application/json') return readJson(textOf(sent), 'The body');
    if (type !== PROTOBUF)
      throw new AgentError('unsupported_type', `Traces are application/json or ${PROTOBUF}.`);
    try {
      return readProtobuf(sent);
    } catch {
      throw new AgentError('bad_request', 'The body is no ExportTraceServiceRequest in protobuf.');
    }
  };
  return async (context: Context<Served>): Promise<Response> => {
    const caller = await admit(context);
    const [type = ''] = (context.req.header('content-type') ?? '').split(';');
    const json = read(type.trim(), await readBody(context.env.incoming, body));
    const call: Call = { doors, caller, key: null, signal };
    await recordTraces(call, json, context.req.query('workspace') ?? null);
    // An empty message says that everything was taken.
    return type.trim() === PROTOBUF
      ? new Response(new Uint8Array(), { headers: { 'content-type': PROTOBUF } })
      : context.json({});
  };
}
