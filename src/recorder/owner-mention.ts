import type { Draft } from '../domain/entry.ts';
import type { Observation } from './observation.ts';

/** What a message says when it calls for an owner of its workspace: the part that does so waits for a person, unless another one does. */
export function callingOwner(drafts: Draft[], { asksOwner, author, mentions }: Observation): Draft[] {
  const isSaid = drafts.some(({ escalation, details }) => escalation || details?.['outcome'] !== undefined);
  if (!asksOwner || isSaid) return drafts;
  const own = drafts.filter((draft) => draft.tool === null && draft.author.key === author.key);
  const people = mentions.filter((mention) => mention.author?.kind !== 'bot').map(({ text }) => text);
  const calling = own.find(({ message }) => people.some((name) => message.includes(name))) ?? own[0];
  return drafts.map((draft) => (draft === calling ? called(draft) : draft));
}

/** What is no more than talk is there to call; work that is handed over, or a decision, stays what it is. */
function called(draft: Draft): Draft {
  const isTalk = draft.origin === 'inferred' && draft.level === 'info' && draft.addressed.length === 0;
  const kind = isTalk ? ({ level: 'coordination', category: 'escalation' } as const) : {};
  return { ...draft, ...kind, escalation: true, details: { ...draft.details, kind: 'mention' } };
}
