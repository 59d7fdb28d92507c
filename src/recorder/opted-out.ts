import { OPTED_OUT, OPTED_OUT_TEXT } from '../domain/opt-out.ts';
import { findableNames, nameless } from '../domain/person-names.ts';
import { runsOf, withoutQuotes } from '../domain/quotes.ts';
import type { Masked, Masker } from '../masking/mask.ts';
import type { PlacedDraft } from '../store/store.ts';
import type { Observation } from './observation.ts';

/** So many of their latest messages of a workspace are known again when somebody quotes them. */
const MESSAGES = 200;
/** How deep data is looked through for what they said. */
const DEPTH = 32;

/**
 * What is to be recorded of people who opted out: that somebody wrote. What they say is kept in memory alone, as hashes, so that
 * others' words are recorded without theirs; their names, so that nobody tells them.
 */
export class OptedOut {
  /** By workspace: agents answer in threads what was said in the channel. */
  readonly #said = new Map<number, Said>();
  /** By workspace: what they are called. */
  readonly #names = new Map<number, Set<string>>();

  /** From now on nobody is called by these names in this workspace. */
  know(workspaceId: number, names: readonly string[]): void {
    const known = this.#names.get(workspaceId) ?? new Set();
    for (const name of names) known.add(name);
    this.#names.set(workspaceId, known);
  }

  /** The message as it may be recorded: of theirs nothing but that it is there. */
  heard(observation: Observation): Observation {
    const { optedOut, workspaceId } = observation;
    if (!optedOut) return observation;
    this.know(workspaceId, optedOut.names);
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
    this.#said.set(workspaceId, added(this.#said.get(workspaceId), runs));
    const nothing = { mentions: [], embeds: [], componentTexts: [], controls: undefined, attachments: [] };
    return { ...observation, ...nothing, author: OPTED_OUT, content: OPTED_OUT_TEXT, asksOwner: undefined };
  }

  /** Hides what they said in a workspace, and their names, beside what `masker` hides. */
  masker({ workspaceId }: Pick<Observation, 'workspaceId'>, masker: Masker | null): Masker | null {
    const said = this.#said.get(workspaceId)?.all;
    const called = this.#names.get(workspaceId);
    if (!said && !called) return masker;
    const names = findableNames(called ?? []);
    const isKnown = (run: number) => said?.has(run) ?? false;
    const hide = (text: string): Masked => {
      const { text: rest, quotes } = withoutQuotes(nameless(text, names), isKnown);
      return { text: rest, masked: quotes };
    };
    return masker ? both(hide, masker) : { mask: hide, maskValue: (value) => hideIn(value, hide) };
  }

  /** A person who acts through a bot's buttons is known by the name that the bot tells. */
  nobody(placed: PlacedDraft): PlacedDraft {
    const { draft, workspaceId } = placed;
    if (draft.author.kind !== 'person' || !this.#names.get(workspaceId)?.has(draft.author.name))
      return placed;
    return { ...placed, draft: { ...draft, author: OPTED_OUT } };
  }
}

/** The runs of words of the latest messages, the oldest first, and of all of them. */
interface Said {
  messages: Set<number>[];
  all: Set<number>;
}

function added(said: Said | undefined, runs: Set<number>): Said {
  const messages = [...(said?.messages ?? []), runs];
  if (messages.length <= MESSAGES) return { messages, all: (said?.all ?? new Set<number>()).union(runs) };
  const latest = messages.slice(-MESSAGES / 2);
  return { messages: latest, all: latest.reduce((all, each) => all.union(each), new Set<number>()) };
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
  const walk = (one: unknown, depth: number): unknown => {
    if (typeof one === 'string') {
      const hidden = hide(one);
      masked += hidden.masked;
      return hidden.text;
    }
    if (typeof one !== 'object' || one === null || depth >= DEPTH) return one;
    if (Array.isArray(one)) return one.map((each) => walk(each, depth + 1));
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [key, walk(each, depth + 1)]));
  };
  return { value: walk(value, 0), masked };
}
