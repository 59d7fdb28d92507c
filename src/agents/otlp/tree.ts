import type { SpanKind } from './kind.ts';
import type { Span } from './request.ts';

/** A span and what it is. */
export interface KnownSpan {
  span: Span;
  kind: SpanKind;
}

/** Which span is within which, as far as a request has them. */
export class SpanTree {
  readonly #byId: ReadonlyMap<string, KnownSpan>;

  constructor(known: readonly KnownSpan[]) {
    this.#byId = new Map(known.map((one) => [keyOf(one.span, one.span.spanId), one]));
  }

  /** From the nearest on. Spans may name each other as parents, whatever that means: each comes once. */
  *above(one: KnownSpan): Generator<KnownSpan> {
    const seen = new Set([one]);
    for (let at = this.#parentOf(one); at && !seen.has(at); at = this.#parentOf(at)) {
      seen.add(at);
      yield at;
    }
  }

  #parentOf({ span }: KnownSpan): KnownSpan | undefined {
    return span.parentSpanId === null ? undefined : this.#byId.get(keyOf(span, span.parentSpanId));
  }
}

function keyOf({ traceId }: Span, spanId: string): string {
  return `${traceId} ${spanId}`;
}
