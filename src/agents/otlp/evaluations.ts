import type { Attributes, Span } from './request.ts';
import { SpanTree } from './tree.ts';
import type { KnownSpan } from './tree.ts';

/** The event that says how good something was. */
const EVALUATION = 'gen_ai.evaluation.result';

/**
 * Hands evaluations of what makes no step, such as a model's answer, to the step around it. Some report the event as a span that lasts
 * no time; it is an event of its parent then.
 */
export function withEvaluations(known: readonly KnownSpan[]): KnownSpan[] {
  const tree = new SpanTree(known);
  const handed = new Map<KnownSpan, Span['events']>();
  for (const one of known) {
    const events = one.kind === null ? eventsOf(one.span) : [];
    if (events.length === 0) continue;
    const around = tree.above(one).find(({ kind }) => kind !== null);
    if (around) handed.set(around, [...(handed.get(around) ?? []), ...events]);
  }
  return known.map((one) => {
    const events = handed.get(one);
    return events ? { ...one, span: { ...one.span, events: [...events, ...one.span.events] } } : one;
  });
}

/** What was said of how good it was, the latest last. */
export function evaluationsOf({ events }: Span): Record<string, unknown>[] {
  return events.filter(isEvaluation).map(({ attributes }) => Object.fromEntries(attributes));
}

function eventsOf({ name, attributes, events }: Span): Span['events'] {
  return name === EVALUATION ? [{ name, attributes }] : events.filter(isEvaluation);
}

function isEvaluation({ name }: { name: string; attributes: Attributes }): boolean {
  return name === EVALUATION;
}
