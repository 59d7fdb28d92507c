/** Stands for the session's id in what is said when a session ends: that text is made before there is a session. */
export const SESSION = '{session}';

/** The body of Discord's Create Message, with {@link SESSION} in it. */
export type ClosingCard = Record<string, unknown>;

/** The card of one session. */
export function cardOf(card: ClosingCard, sessionId: string): Record<string, unknown> {
  return JSON.parse(JSON.stringify(card).replaceAll(SESSION, sessionId)) as Record<string, unknown>;
}
