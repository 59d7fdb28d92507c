import protobuf from 'protobufjs/light.js';

type Fields = Record<string, { id: number; type: string; rule?: 'repeated' }>;

const one = (id: number, type: string) => ({ id, type });
const many = (id: number, type: string) => ({ id, type, rule: 'repeated' as const });
const message = (fields: Fields) => ({ fields });

/**
 * What we read of the messages of OTLP; other fields are passed over. Numbers and names are those of
 * https://github.com/open-telemetry/opentelemetry-proto (trace/v1/trace.proto, common/v1/common.proto)
 */
export const OTLP_TYPES = {
  Request: message({ resourceSpans: many(1, 'ResourceSpans') }),
  ResourceSpans: message({ resource: one(1, 'Resource'), scopeSpans: many(2, 'ScopeSpans') }),
  Resource: message({ attributes: many(1, 'KeyValue') }),
  ScopeSpans: message({ spans: many(2, 'Span') }),
  Span: message({
    traceId: one(1, 'bytes'),
    spanId: one(2, 'bytes'),
    parentSpanId: one(4, 'bytes'),
    name: one(5, 'string'),
    startTimeUnixNano: one(7, 'fixed64'),
    endTimeUnixNano: one(8, 'fixed64'),
    attributes: many(9, 'KeyValue'),
    events: many(11, 'Event'),
    status: one(15, 'Status'),
  }),
  Event: message({
    timeUnixNano: one(1, 'fixed64'),
    name: one(2, 'string'),
    attributes: many(3, 'KeyValue'),
  }),
  Status: message({ message: one(2, 'string'), code: one(3, 'int32') }),
  KeyValue: message({ key: one(1, 'string'), value: one(2, 'AnyValue') }),
  AnyValue: message({
    stringValue: one(1, 'string'),
    boolValue: one(2, 'bool'),
    intValue: one(3, 'int64'),
    doubleValue: one(4, 'double'),
    arrayValue: one(5, 'ArrayValue'),
    kvlistValue: one(6, 'KeyValueList'),
    bytesValue: one(7, 'bytes'),
  }),
  ArrayValue: message({ values: many(1, 'AnyValue') }),
  KeyValueList: message({ values: many(1, 'KeyValue') }),
};

/** Reads the protobuf form of a request into its JSON form, where ids are hexadecimal. */
export type ReadProtobuf = (bytes: Uint8Array) => unknown;

/** What it gives throws for bytes that are no such message. */
export function createReadProtobuf(): ReadProtobuf {
  const request = protobuf.Root.fromJSON({ nested: OTLP_TYPES }).lookupType('Request');
  return (bytes) => {
    const object = request.toObject(request.decode(bytes), { longs: String, bytes: String });
    return withHexIds(object);
  };
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);

function withHexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHexIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      IDS.has(key) && typeof inner === 'string'
        ? Buffer.from(inner, 'base64').toString('hex')
        : withHexIds(inner),
    ]),
  );
}
