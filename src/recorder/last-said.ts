import { isBot } from '../domain/author.ts';
import type { Entry } from '../domain/entry.ts';
import type { Masker } from '../masking/mask.ts';
import type { EntryStore, PlacedDraft } from '../store/store.ts';
import { continues, gapBetween, isFull } from './dialects/chunks.ts';
import type { Observation } from './observation.ts';
import type { Read } from './read.ts';
import { sealed } from './seam.ts';
import type { Sealed } from './seam.ts';

/** What a bot said last in a place. */
interface Last {
  messageId: string;
  /** The message that the answer begins with. */
  head: string;
  /** The message, when another may go on with it. */
  full: Observation | null;
  /** What it says, unmasked as far as it is known; kept in memory alone. */
  text: string;
}

/** Of how many bots and places this is kept at hand; of the others it is looked up again. */
const KEPT = 2_000;

/** Finds the messages that go on with what their bot said just before in the same place, also when that was before a restart. */
export class LastSaid {
  readonly #entries: Pick<EntryStore, 'lastOf'>;
  readonly #masker: Masker | null;
  readonly #last = new Map<string, Last>();

  constructor(entries: Pick<EntryStore, 'lastOf'>, masker: Masker | null) {
    this.#entries = entries;
    this.#masker = masker;
  }

  /** Looks up what these bots said last, as far as it is not at hand. */
  async meet(observations: readonly Observation[]): Promise<void> {
    for (const observation of observations) {
      const { author, workspaceId, threadId } = observation;
      if (!isBot(author) || this.#last.has(keyOf(observation))) continue;
      const entry = await this.#entries.lastOf({ workspaceId, threadId }, author.key);
      this.#keep(observation, entry ? recalled(observation, entry) : NOTHING);
    }
  }

  /**
   * The drafts of a posted message, told what they go on with.
   * @param text what its last part says, unmasked
   * @param isKnownBot its format is known
   */
  joined(observation: Observation, { drafts, text }: Read, isKnownBot: boolean): PlacedDraft[] {
    if (!isBot(observation.author)) return drafts;
    const last = this.#last.get(keyOf(observation)) ?? NOTHING;
    if (!isNewer(observation.messageId, last.messageId)) return drafts;
    const { full } = last;
    const [draft, ...further] = drafts;
    const isMore = draft && further.length === 0 && isPlain(draft);
    if (!full || !isMore || !continues(full, observation, isKnownBot)) {
      this.#keep(observation, lastOf(observation, { drafts, text }));
      return drafts;
    }
    const gap = gapBetween(full.content, observation.content);
    const next = goingOn(draft, last.head, gap, sealed(last.text, gap, text, this.#masker));
    const { replyToMessageId } = full;
    this.#keep(observation, lastOf({ ...observation, replyToMessageId }, { drafts: [next], text }));
    return [next];
  }

  /** A message may also be filled by edits before another goes on with it. */
  edited(observation: Observation, read: Read): void {
    if (this.#last.get(keyOf(observation))?.messageId !== observation.messageId) return;
    this.#keep(observation, lastOf({ ...observation, at: observation.editedAt! }, read));
  }

  #keep(observation: Observation, last: Last): void {
    const key = keyOf(observation);
    if (this.#last.size >= KEPT && !this.#last.has(key)) this.#last.delete(this.#last.keys().next().value!);
    this.#last.set(key, last);
  }
}

const NOTHING: Last = { messageId: '', head: '', full: null, text: '' };

function keyOf({ workspaceId, threadId, author }: Observation): string {
  return `${workspaceId}/${threadId ?? ''}/${author.key}`;
}

function lastOf(observation: Observation, { drafts, text }: Read): Last {
  const { messageId } = observation;
  const draft = drafts.at(-1);
  const head = draft?.continues ?? messageId;
  if (!draft || !isTalk(draft) || !isFull(observation)) return { messageId, head, full: null, text: '' };
  return { messageId, head, full: observation, text };
}

/** As it was before a restart, as far as the store can tell. */
function recalled(next: Observation, entry: Entry): Last {
  const { messageId, at, editedAt, message, deletedAt } = entry;
  const isGone = deletedAt !== null || entry.tool !== null || entry.escalation || entry.origin === 'reported';
  const head = messageId;
  if (isGone) return { messageId, head, full: null, text: '' };
  const none = { replyToMessageId: null, embeds: [], componentTexts: [], attachments: [] };
  const full = { ...next, ...none, messageId, at: editedAt ?? at, content: message };
  return { messageId, head, full: isFull(full) ? full : null, text: message };
}

/** True for what another message may go on with: neither a tool run nor a request nor data. */
function isTalk({ draft }: Pick<PlacedDraft, 'draft'>): boolean {
  const { tool, escalation, origin, level } = draft;
  return tool === null && !escalation && origin !== 'reported' && level !== 'warning' && level !== 'error';
}

/** True for what says nothing of itself but its text. */
function isPlain({ draft }: Pick<PlacedDraft, 'draft'>): boolean {
  return isTalk({ draft }) && draft.origin === 'inferred' && draft.level === 'info' && !draft.details;
}

function goingOn(placed: PlacedDraft, continues: string, gap: string, seam: Sealed | null): PlacedDraft {
  const { draft } = placed;
  if (!seam) return { ...placed, draft: { ...draft, message: gap + draft.message }, continues };
  const { before, after: message, masked } = seam;
  return {
    ...placed,
    draft: { ...draft, message, masked: draft.masked + masked },
    continues,
    beside: { before },
  };
}

/** Ids of Discord grow with time. */
function isNewer(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}
