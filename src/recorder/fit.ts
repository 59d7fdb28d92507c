import type { Author } from '../domain/author.ts';
import { isOwnCategory } from '../domain/entry.ts';
import type { Claims, Draft } from '../domain/entry.ts';
import { DETAILS_MAX, TOOL_VALUE_MAX, cutMessage, cutValue } from '../domain/limits.ts';
import type { Handed } from '../domain/stored-artifact.ts';
import type { Masker } from '../masking/mask.ts';
import type { PlacedDraft, SessionTexts } from '../store/store.ts';
import { withSafeName } from './free-names.ts';

/**
 * The draft as it may be stored: everything in it that people or agents wrote is masked first, and then cut to its limits. Null for
 * `masker`: nothing is masked. `nameMasker` hides what authors are called.
 */
export function fitted(
  placed: PlacedDraft,
  masker: Masker | null,
  nameMasker: Masker | null = masker,
): PlacedDraft {
  const fitting = new Fitting(masker, nameMasker);
  const draft = fitting.draft(placed.draft);
  const log = placed.log && fitting.log(placed.log);
  const artifact = placed.artifact && fitting.artifact(placed.artifact);
  draft.masked = fitting.masked;
  return { ...placed, draft, log, artifact };
}

/** In UTF-16 units: a word of fewer is no secret that could be told from a word. */
const SHORTEST_SECRET = 10;

class Fitting {
  masked = 0;
  readonly #masker: Masker | null;
  readonly #nameMasker: Masker | null;

  constructor(masker: Masker | null, nameMasker: Masker | null) {
    this.#masker = masker;
    this.#nameMasker = nameMasker;
  }

  draft(draft: Draft): Draft {
    const { author, message, category, mentions, addressed, tool, details, claims } = draft;
    return {
      ...draft,
      author: this.counted(author, withSafeName(author, this.#nameMasker)),
      category: isOwnCategory(category) ? category : this.name(category),
      message: this.text(message),
      mentions: mentions.map((bot) => this.counted(bot, this.named(bot))),
      addressed: addressed.map((bot) => this.named(bot)),
      ...(claims && { claims: this.claims(claims) }),
      tool: tool && {
        ...tool,
        name: this.name(tool.name),
        input: this.value(tool.input, TOOL_VALUE_MAX),
        output: this.value(tool.output, TOOL_VALUE_MAX),
        error: tool.error === null ? null : this.text(tool.error),
      },
      details: details && (this.value(details, DETAILS_MAX) as Record<string, unknown>),
    };
  }

  counted(author: Author, safe: Author): Author {
    if (safe !== author) this.masked += 1;
    return safe;
  }

  /** Who is spoken of by a name that nobody is known by may be anyone. */
  named(bot: Author): Author {
    return withSafeName(bot, bot.key.startsWith('@') ? this.#masker : this.#nameMasker);
  }

  claims({ triggeredBy, insightCategory, ...others }: Claims): Claims {
    const name = (text: string | undefined) => (text === undefined ? undefined : this.name(text));
    return { ...others, triggeredBy: name(triggeredBy), insightCategory: name(insightCategory) };
  }

  log({ query, finalOutput, summary }: SessionTexts): SessionTexts {
    const text = (words: string | undefined) => (words === undefined ? undefined : this.text(words));
    return { query: text(query), finalOutput: text(finalOutput), summary: text(summary) };
  }

  /** An artifact is for programs: nothing in it is cut. */
  artifact({ content, consumer, workflowId }: Handed): Handed {
    const name = (text: string | null) => (text === null ? null : this.name(text));
    const masked = this.value(content, Infinity) as Record<string, unknown>;
    return { content: masked, consumer: name(consumer), workflowId: name(workflowId) };
  }

  /** What something is called. Most are single words of a few letters: nothing to hide, unless it is what somebody is called. */
  name(name: string): string {
    const isWord = name.length < SHORTEST_SECRET && this.#masker === this.#nameMasker;
    return isWord ? name : this.text(name);
  }

  text(text: string): string {
    if (!this.#masker) return cutMessage(text);
    const hidden = this.#masker.mask(text);
    this.masked += hidden.masked;
    return cutMessage(hidden.text);
  }

  value(value: unknown, max: number): unknown {
    if (value === null || value === undefined) return value;
    if (!this.#masker) return cutValue(value, max);
    const hidden = this.#masker.maskValue(value);
    this.masked += hidden.masked;
    return cutValue(hidden.value, max);
  }
}
