import { CALL_IDS, TOOL_NAMES, first, firstText } from './attributes.ts';
import type { Span } from './request.ts';
import { SpanTree } from './tree.ts';
import type { KnownSpan } from './tree.ts';

/**
 * Instrumentations overlap, so that one call of a tool may have several spans. They become one, which goes by the outermost or the first:
 * - a tool's span within that of the same tool, where neither an agent nor a model comes between: a framework and its MCP client, or
 *   both ends of a call, each with a span of its own;
 * - moments of a call, side by side, which are called the same but for `start`, `success`, `error` or `finish` and have the same number.
 *   The call took from the first to the last of them, for such spans end with the trace.
 */
export function oneSpanPerCall(known: readonly KnownSpan[]): KnownSpan[] {
  const leads = leadsOf(known);
  const parts = Map.groupBy(known, (one) => lastLead(leads, one));
  return [...parts].map(([lead, all]) =>
    all.length === 1 ? lead : { ...lead, span: merged(lead.span, all) },
  );
}

/** What a tool is called: by the attributes of its span, or the span's own name. */
export function toolNameOf(span: Span): string {
  const said = firstText(span.attributes, TOOL_NAMES);
  if (said !== undefined) return said;
  const [, name = span.name] = MOMENT.exec(span.name) ?? [];
  return name.replace(/^(?:execute_tool|tools\/call|running tool:?)\s+/, '').trim();
}

/** `search.start-12`: a moment of a call, and of which one. */
const MOMENT = /^(.+)\.(?:start|success|error|finish|retry)-(\d+)$/;

/** By each span that is part of another's call, that one. */
function leadsOf(known: readonly KnownSpan[]): Map<KnownSpan, KnownSpan> {
  const tree = new SpanTree(known);
  const leads = new Map<KnownSpan, KnownSpan>();
  const tools = known.filter(({ kind }) => kind === 'tool');
  for (const one of tools) {
    const outer = tree.above(one).find(isBoundary);
    if (outer?.kind === 'tool' && isSameCall(outer.span, one.span)) leads.set(one, outer);
  }
  const moments = tools.filter((one) => momentOf(one.span) !== null && !leads.has(one));
  for (const call of Map.groupBy(moments, ({ span }) => momentOf(span)).values()) {
    const [lead, ...others] = call.toSorted((a, b) => Number(a.span.start - b.span.start));
    for (const other of others) leads.set(other, lead!);
  }
  return leads;
}

/** Spans may name each other as parents: each is followed once. */
function lastLead(leads: ReadonlyMap<KnownSpan, KnownSpan>, one: KnownSpan): KnownSpan {
  const seen = new Set<KnownSpan>();
  let lead = one;
  for (let next = leads.get(lead); next && !seen.has(next); next = leads.get(next)) {
    seen.add(next);
    lead = next;
  }
  return lead;
}

/** What the moments of one call have in common; null for what is none. A tool that has a name may be called like a moment. */
function momentOf({ traceId, parentSpanId, name, attributes }: Span): string | null {
  const [, call, number] = MOMENT.exec(name) ?? [];
  if (call === undefined || firstText(attributes, TOOL_NAMES) !== undefined) return null;
  return JSON.stringify([traceId, parentSpanId, call, number]);
}

/** What is on the far side of it belongs to another call, if to any. */
function isBoundary({ kind, span }: KnownSpan): boolean {
  return kind === 'tool' || kind === 'agent' || span.attributes.has('gen_ai.request.model');
}

function isSameCall(outer: Span, inner: Span): boolean {
  const [a, b] = [outer, inner].map(({ attributes }) => first(attributes, CALL_IDS));
  if (a !== undefined && b !== undefined) return JSON.stringify(a) === JSON.stringify(b);
  return toolNameOf(outer) === toolNameOf(inner);
}

/** The lead with what the others say that it does not. */
function merged(lead: Span, all: readonly KnownSpan[]): Span {
  const others = all.map(({ span }) => span).filter((span) => span !== lead);
  const failed = lead.status.isOk ? undefined : others.find(({ status }) => status.isError);
  const last = others.map(({ start }) => start).reduce((a, b) => (a > b ? a : b), lead.start);
  return {
    ...lead,
    end: momentOf(lead) === null ? lead.end : last,
    attributes: new Map([...others.flatMap(({ attributes }) => [...attributes]), ...lead.attributes]),
    events: [...others.flatMap(({ events }) => events), ...lead.events],
    status: lead.status.isError ? lead.status : (failed?.status ?? lead.status),
  };
}
