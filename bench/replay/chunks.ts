import type { Store } from '../../src/store/store.ts';
import type { Expected, Recorded } from './compare.ts';

/**
 * Takes the steps of a session apart that were posted in several messages: of each step that holds messages which no step is known by,
 * all its messages, each with what it says alone.
 */
export async function takeApart(
  store: Store,
  session: readonly Recorded[],
  expected: readonly Expected[],
): Promise<Recorded[]> {
  const known = new Map(session.map((one) => [one.messageId, one]));
  const chunks = new Map<Recorded, Recorded[]>();
  for (const { messageId } of expected) {
    if (known.has(messageId)) continue;
    const answer = known.get((await store.entries.byMessage(messageId))?.messageId ?? '');
    if (!answer) continue;
    const [first] = chunks.has(answer) ? [] : [await chunkOf(store, answer.messageId, answer)];
    const further = await chunkOf(store, messageId, answer);
    chunks.set(answer, [...(chunks.get(answer) ?? [first!]), further]);
  }
  return session.map((one) => (chunks.has(one) ? { ...one, chunks: chunks.get(one)! } : one));
}

/** It hands over what it names somebody for. */
async function chunkOf(store: Store, messageId: string, { level, handoffTo }: Recorded): Promise<Recorded> {
  const said = (await store.entries.ofMessage(messageId))[0]!;
  const asked = handoffTo.filter((name) => said.message.includes(name));
  return { ...said, level: asked.length > 0 || level !== 'handoff' ? level : 'info', handoffTo: asked };
}

/** Every message that the steps were posted in, in the order of posting. */
export function messagesOf(steps: readonly Recorded[]): Recorded[] {
  const messages: Recorded[] = steps.map(({ chunks, ...one }) => chunks?.[0] ?? one);
  for (const chunk of steps.flatMap(({ chunks = [] }) => chunks.slice(1))) {
    const at = messages.findLastIndex(({ messageId }) => BigInt(messageId) < BigInt(chunk.messageId));
    messages.splice(at + 1, 0, chunk);
  }
  return messages;
}

/** True when a step says what its messages say, one after the other, as far as it is not cut. */
export function holdsChunks({ message, chunks = [] }: Recorded): boolean {
  let rest = message.replace(CUT, '');
  const isCut = rest !== message;
  for (const { message: said } of chunks) {
    const next = rest.startsWith(said) ? rest : rest.replace(/^\n/, '');
    if (!next.startsWith(said)) return isCut && said.startsWith(next);
    rest = next.slice(said.length);
  }
  return rest === '';
}

const CUT = /… \[cut: [\d ]+ characters\]$/;
