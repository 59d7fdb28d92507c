import type { Desk } from './desk.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { Lessons } from './lessons.ts';

/** What the bot made of what was taught, in numbers. */
export interface ExchangeFigures {
  taught: number;
  insights: number;
  decided_by_people: number;
  hand_overs: number;
  messages: number;
  recalled: number;
  told_of_recalls: number;
  seen: number;
}

export function exchangeFigures(
  state: ExchangeState,
  { lessons, desk }: { lessons: Lessons; desk: Desk },
): ExchangeFigures {
  const handed = [...lessons.handed()];
  const insights = state.insights();
  const deliveries = state.deliveries();
  const told = handed.filter(({ revoked }) => revoked.length > 0).map(({ told }) => told.size);
  return {
    taught: lessons.all().length,
    insights: insights.length,
    decided_by_people: desk.approved.size + desk.rejected.size + desk.revoked.size,
    hand_overs: deliveries.length,
    messages: handed.filter(({ gave }) => gave.length > 0).length,
    recalled: insights.filter(({ state }) => state === 'revoked').length,
    told_of_recalls: told.reduce((sum, each) => sum + each, 0),
    seen: deliveries.filter(({ seenAt }) => seenAt !== null).length,
  };
}
