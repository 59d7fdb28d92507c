import { OPTED_OUT, OPTED_OUT_TEXT } from '../domain/opt-out.ts';
import { findableNames, nameless, namesWithId, reworded } from '../domain/person-names.ts';
import { runsOf, withoutQuotes } from '../domain/quotes.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Masked, Masker } from '../masking/mask.ts';
import type { OptOut } from '../store/people.ts';
import type { PlacedDraft } from '../store/store.ts';
import type { Observation } from './observation.ts';

/** So many of their latest messages of a server are known again when somebody quotes them, and up to twice as many. */
const MESSAGES = 250;

/**
 * What is to be recorded of people who opted out: that somebody wrote. What they say is kept in memory alone, as hashes, so that
 * others' words are recorded without theirs; their names, so that nobody tells them.
 */
export class OptedOut {
  /** By server: agents tell in one channel what was said in another. */
  readonly #said = new Map<string, Said>();
  /** By server, then by their ids: what they are called, their ids as well. */
  readonly #names = new Map<string, Map<string, string[]>>();
  /** By server: all of these, as they are looked for in each text. */
  readonly #findable = new Map<string, readonly string[]>();
  readonly #guilds = new Map<number, string>();

  /** Of which server a workspace is. One that was never told of is a server of its own. */
  place({ id, guildId }: Pick<Workspace, 'id' | 'guildId'>): void {
    this.#guilds.set(id, guildId);
  }

  /** From now on nobody is called by these names, or by the id, in this server. */
  know({ guildId, userId, names }: OptOut & { names: readonly string[] }): void {
    const people = this.#names.get(guildId) ?? new Map<string, string[]>();
    const before = people.get(userId);
    if (before && names.every((name) => before.includes(name))) return;
    people.set(userId, namesWithId(userId, [...(before ?? []), ...names]));
    this.#names.set(guildId, people);
    this.#findable.delete(guildId);
  }

  /** The person may be called by name again. */
  letGo({ guildId, userId }: OptOut): void {
    this.#names.get(guildId)?.delete(userId);
    this.#findable.delete(guildId);
  }

  /** The message as it may be recorded: of theirs nothing but that it is there. */
  heard(observation: Observation): Observation {
    const { optedOut, workspaceId, author } = observation;
    if (!optedOut) return observation;
    const guildId = this.#guildOf(workspaceId);
    // Whoever has opted in since is called by name again.
    if (this.#names.get(guildId)?.has(author.key))
      this.know({ guildId, userId: author.key, names: optedOut.names });
    const texts = [
      observation.content,
      ...observation.componentTexts,
      ...observation.embeds.flatMap(({ title, description, fields, footer }) => [
        title,
        description,
        footer,
        ...fields.map(({ value }) => value),
      ]),
    ];
    const runs = runsOf(texts.filter((text) => text !== null).join('\n'));
    const said = this.#said.get(guildId) ?? new Said();
    said.add(runs);
    this.#said.set(guildId, said);
    const nothing = { mentions: [], embeds: [], componentTexts: [], controls: undefined, attachments: [] };
    return { ...observation, ...nothing, author: OPTED_OUT, content: OPTED_OUT_TEXT, asksOwner: undefined };
  }

  /** Hides what they said in the server of a workspace, and their names, beside what `masker` hides. */
  masker({ workspaceId }: Pick<Observation, 'workspaceId'>, masker: Masker | null): Masker | null {
    const guildId = this.#guildOf(workspaceId);
    const said = this.#said.get(guildId);
    const names = this.#namesIn(guildId);
    if (!said && names.length === 0) return masker;
    const hide = (text: string): Masked => {
      const unnamed = nameless(text, names);
      // To read a text for quotations takes longer than all else.
      if (!said) return { text: unnamed, masked: 0 };
      const { text: rest, quotes } = withoutQuotes(unnamed, (run) => said.has(run));
      return { text: rest, masked: quotes };
    };
    return masker ? both(hide, masker) : { mask: hide, maskValue: (value) => hideIn(value, hide) };
  }

  /**
   * A person who acts through a bot's buttons is known by the name that the bot tells. An agent that is called so is not the person, and
   * neither is somebody else with an account of their own.
   */
  nobody(placed: PlacedDraft): PlacedDraft {
    const { draft, workspaceId } = placed;
    const { kind, key, name } = draft.author;
    if (kind !== 'person') return placed;
    const names = this.#namesIn(this.#guildOf(workspaceId));
    if (!names.includes(key.includes('/') ? name : key)) return placed;
    return { ...placed, draft: { ...draft, author: OPTED_OUT } };
  }

  #namesIn(guildId: string): readonly string[] {
    const known = this.#findable.get(guildId);
    if (known) return known;
    const names = findableNames([...(this.#names.get(guildId)?.values() ?? [])].flat());
    this.#findable.set(guildId, names);
    return names;
  }

  #guildOf(workspaceId: number): string {
    return this.#guilds.get(workspaceId) ?? `of ${workspaceId}`;
  }
}

/** The runs of words of the latest messages. */
class Said {
  #messages = 0;
  #latest = new Set<number>();
  #before = new Set<number>();

  add(runs: Iterable<number>): void {
    if (this.#messages === MESSAGES) {
      [this.#before, this.#latest, this.#messages] = [this.#latest, new Set(), 0];
    }
    for (const run of runs) this.#latest.add(run);
    this.#messages += 1;
  }

  has(run: number): boolean {
    return this.#latest.has(run) || this.#before.has(run);
  }
}

function both(hide: (text: string) => Masked, masker: Masker): Masker {
  return {
    mask(text) {
      const hidden = hide(text);
      const after = masker.mask(hidden.text);
      return { text: after.text, masked: hidden.masked + after.masked };
    },
    maskValue(value) {
      const hidden = hideIn(value, hide);
      const after = masker.maskValue(hidden.value);
      return { value: after.value, masked: hidden.masked + after.masked };
    },
  };
}

function hideIn(value: unknown, hide: (text: string) => Masked): { value: unknown; masked: number } {
  let masked = 0;
  const rest = reworded(value, (text) => {
    const hidden = hide(text);
    masked += hidden.masked;
    return hidden.text;
  });
  return { value: rest, masked };
}
