import type { Draft } from '../../src/domain/entry.ts';
import type { OutboxSubject, PlacedDraft, Store } from '../../src/store/store.ts';
import { HOUR, placed, researcher } from './support.ts';

/** A bot's message that needs a person, as a block reports it; `details` are added to those it has. */
export function asks(
  n: number,
  details: Record<string, unknown> = {},
  { draft = {}, ...place }: Partial<Omit<PlacedDraft, 'draft'>> & { draft?: Partial<Draft> } = {},
): PlacedDraft {
  const asked = {
    kind: 'question',
    options: ['Special characters', 'Passphrases'],
    default: 'Passphrases',
    severity: 'high',
    timeout_ms: 4 * HOUR,
    on_timeout: 'proceed',
    dedupe_key: 'password-policy',
    ...details,
  };
  const said = {
    level: 'coordination',
    category: 'escalation',
    message: 'Special characters or passphrases?',
  } as const;
  const how = { author: researcher, origin: 'reported', escalation: true, confidence: 0.4 } as const;
  return placed(n, { ...said, ...how, details: asked, ...draft }, place);
}

/** What waits to be said of escalations. */
export async function subjects(store: Store, now = Number.MAX_SAFE_INTEGER): Promise<OutboxSubject[]> {
  const rows = await store.outbox.due(now, 1000);
  return rows.flatMap((row) => ('subject' in row ? [row.subject] : []));
}

/** Says it all, as the sender would; message ids are those of the rows. */
export async function post(store: Store, at: number): Promise<OutboxSubject[]> {
  const said: OutboxSubject[] = [];
  for (const row of await store.outbox.due(at, 1000)) {
    if ('subject' in row) said.push(row.subject);
    await store.outbox.sent(row.id, { channelId: '10', messageId: `7${row.id}` }, at);
  }
  return said;
}
