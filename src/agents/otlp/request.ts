import { z } from 'zod';

/** A span as far as it is read: with its attributes by name, and those of its resource. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  /** ns since 1970; 0n: not given. */
  start: bigint;
  end: bigint;
  attributes: Attributes;
  resource: Attributes;
  events: { name: string; attributes: Attributes }[];
  /** `message`: empty where there is none. */
  status: { isError: boolean; isOk: boolean; message: string };
}

export type Attributes = ReadonlyMap<string, unknown>;

const nanos = z
  .union([z.string().regex(/^\d{1,20}$/, { error: 'expected nanoseconds since 1970' }), z.number().min(0)], {
    error: 'expected nanoseconds since 1970',
  })
  .transform((value) => BigInt(value))
  .optional();
const id = z.string().regex(/^[\da-zA-Z+/=_-]{1,64}$/, { error: 'expected an id' });
const attributes = z
  .array(z.object({ key: z.string(), value: z.unknown() }))
  .nullish()
  .transform((all) => new Map((all ?? []).map(({ key, value }) => [key, anyValue(value, 0)])));

const span = z.object({
  traceId: id,
  spanId: id,
  parentSpanId: z
    .string()
    .nullish()
    .transform((text) => text || null),
  name: z.string().default(''),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  events: z.array(z.object({ name: z.string().default(''), attributes })).nullish(),
  status: z
    .object({ code: z.union([z.number(), z.string()]).nullish(), message: z.string().nullish() })
    .nullish(),
});

/** The JSON form of an ExportTraceServiceRequest; what else is in it is passed over. */
export const traceRequest = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }).nullish(),
        scopeSpans: z.array(z.object({ spans: z.array(span).nullish() })).nullish(),
      }),
    )
    .nullish(),
});

export function spansIn({ resourceSpans }: z.output<typeof traceRequest>): Span[] {
  return (resourceSpans ?? []).flatMap(({ resource, scopeSpans }) =>
    (scopeSpans ?? []).flatMap(({ spans }) =>
      (spans ?? []).map((one) => ({
        ...one,
        start: one.startTimeUnixNano ?? 0n,
        end: one.endTimeUnixNano ?? 0n,
        resource: resource?.attributes ?? new Map(),
        events: one.events ?? [],
        status: {
          isError: isCode(one.status?.code, 2, 'ERROR'),
          isOk: isCode(one.status?.code, 1, 'OK'),
          message: one.status?.message ?? '',
        },
      })),
    ),
  );
}

function isCode(code: unknown, number: number, name: string): boolean {
  return code === number || code === `STATUS_CODE_${name}`;
}

const DEPTH = 32;

/** The value of an attribute as plain JSON. What is nested deeper than anybody means is left out. */
function anyValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEPTH) return null;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } =
    value as Record<string, unknown>;
  if (arrayValue) return listOf(arrayValue).map((item) => anyValue(item, depth + 1));
  if (kvlistValue)
    return Object.fromEntries(
      listOf(kvlistValue).map((pair) => {
        const { key, value: inner } = (pair ?? {}) as Record<string, unknown>;
        return [String(key), anyValue(inner, depth + 1)];
      }),
    );
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue ?? null;
}

function listOf(holder: unknown): unknown[] {
  const { values } = holder as { values?: unknown };
  return Array.isArray(values) ? values : [];
}
