import { isBot } from '../domain/author.ts';
import type { Entry, Level } from '../domain/entry.ts';
import type { Masker } from '../masking/mask.ts';
import type { EntryStore, PlacedDraft } from '../store/store.ts';
import { APART_MS, continues, gapBetween, isFull } from './dialects/chunks.ts';
import type { Observation } from './observation.ts';
import type { Read } from './read.ts';
import { sealed } from './seam.ts';
import type { Half, Sealed } from './seam.ts';

/** What a bot said last in a place. */
interface Last {
  messageId: string;
  /** The message that the answer begins with. */
  head: string;
  /** The message, when another may go on with it. */
  full: Observation | null;
  /** What it says, unmasked as far as it is known; kept in memory alone. */
  said: Half;
  /** The message, when it says of itself which part of an answer it is, and others are to come. */
  part: Numbered | null;
}

/** Part `n` of `of`, counted from 1. */
interface Numbered {
  n: number;
  of: number;
  level: Level;
  /** ms UTC. */
  at: number;
}

/** Of how many bots and places this is kept at hand; of the others it is looked up again. */
const KEPT = 2_000;

/** Finds the messages that go on with what their bot said just before in the same place, also when that was before a restart. */
export class LastSaid {
  readonly #entries: Pick<EntryStore, 'lastOf'>;
  readonly #maskerFor: (observation: Observation) => Masker | null;
  /** By the key of the bot and then by place: this is asked for every message, and one key of both would have to be made for it. */
  readonly #bots = new Map<string, Map<string | number, Last>>();
  #kept = 0;

  constructor(entries: Pick<EntryStore, 'lastOf'>, maskerFor: (observation: Observation) => Masker | null) {
    this.#entries = entries;
    this.#maskerFor = maskerFor;
  }

  /** Looks up what these bots said last, as far as it is not at hand. */
  async meet(observations: readonly Observation[]): Promise<void> {
    for (const observation of observations) {
      const { author, workspaceId, threadId } = observation;
      if (!isBot(author) || this.#find(observation)) continue;
      const entry = await this.#entries.lastOf({ workspaceId, threadId }, author.key);
      this.#add(observation, entry ? recalled(observation, entry) : nothing());
    }
  }

  /**
   * The drafts of a posted message, told what they go on with.
   * @param isKnownBot its format is known
   */
  joined(observation: Observation, read: Read, isKnownBot: boolean): PlacedDraft[] {
    if (!isBot(observation.author)) return read.drafts;
    const last = this.#find(observation) ?? this.#add(observation, nothing());
    if (!isNewer(observation.messageId, last.messageId)) return read.drafts;
    const { full } = last;
    const isMoreOfIt = full && isMore(read.drafts) && continues(full, observation, isKnownBot);
    if (!isMoreOfIt && !isNext(last.part, numberOf(observation, read.drafts))) {
      note(last, observation, read);
      return read.drafts;
    }
    const gap = isMoreOfIt
      ? gapBetween(full.content, observation.content)
      : gapBetween(last.said.text, read.text);
    const seam = sealed(last.said, gap, halfOf(read), this.#maskerFor(observation));
    const drafts = [goingOn(read.drafts[0]!, last.head, gap, seam)];
    const { replyToMessageId } = full ?? observation;
    note(last, { ...observation, replyToMessageId }, { drafts, text: read.text });
    return drafts;
  }

  /** A message may also be filled by edits before another goes on with it. */
  edited(observation: Observation, read: Read): void {
    const last = this.#find(observation);
    if (last?.messageId !== observation.messageId) return;
    note(last, { ...observation, at: observation.editedAt! }, read);
  }

  /** To be called when messages could not be stored: what was said is looked up again. */
  forget(): void {
    this.#bots.clear();
    this.#kept = 0;
  }

  #find({ author, threadId, workspaceId }: Observation): Last | undefined {
    return this.#bots.get(author.key)?.get(threadId ?? workspaceId);
  }

  #add({ author, threadId, workspaceId }: Observation, last: Last): Last {
    if (this.#kept >= KEPT) this.forget();
    const places = this.#bots.get(author.key) ?? new Map<string | number, Last>();
    this.#bots.set(author.key, places.set(threadId ?? workspaceId, last));
    this.#kept += 1;
    return last;
  }
}

function nothing(): Last {
  return { messageId: '', head: '', full: null, said: NOTHING, part: null };
}

const NOTHING: Half = { text: '', isClean: true };

function halfOf({ drafts, text }: Read): Half {
  return { text, isClean: drafts.every(({ draft }) => draft.masked === 0) };
}

/** Makes `last` say what was posted after it. */
function note(last: Last, observation: Observation, read: Read): void {
  const { drafts } = read;
  const draft = drafts.at(-1);
  const isOpen = draft !== undefined && isFull(observation) && isTalk(draft);
  last.messageId = observation.messageId;
  last.head = draft?.continues ?? observation.messageId;
  last.full = isOpen ? observation : null;
  last.part = numberOf(observation, drafts);
  last.said = isOpen || last.part ? halfOf(read) : NOTHING;
}

/** As some formats say beside a title: `(1/2)`. */
function numberOf({ at }: Observation, drafts: readonly PlacedDraft[]): Numbered | null {
  const { origin, level, details } = drafts[0]?.draft ?? {};
  if (drafts.length !== 1 || origin !== 'parsed' || !level) return null;
  const { chunk: n, chunks: of } = details ?? {};
  return typeof n === 'number' && typeof of === 'number' ? { n, of, level, at } : null;
}

function isNext(before: Numbered | null, next: Numbered | null): boolean {
  if (!before || !next || next.level !== before.level || next.of !== before.of) return false;
  return next.n === before.n + 1 && next.at >= before.at && next.at - before.at <= APART_MS;
}

/** True when the message is one text and nothing else. */
function isMore(drafts: readonly PlacedDraft[]): boolean {
  return drafts.length === 1 && isPlain(drafts[0]!);
}

/** As it was before a restart, as far as the store can tell. */
function recalled(next: Observation, entry: Entry): Last {
  const { messageId, at, editedAt, message, deletedAt } = entry;
  const isGone = deletedAt !== null || entry.tool !== null || entry.escalation || entry.origin === 'reported';
  const head = messageId;
  if (isGone) return { ...nothing(), messageId, head };
  const none = { replyToMessageId: null, embeds: [], componentTexts: [], attachments: [] };
  const full = { ...next, ...none, messageId, at: editedAt ?? at, content: message };
  return {
    messageId,
    head,
    full: isFull(full) ? full : null,
    said: { text: message, isClean: false },
    part: null,
  };
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
