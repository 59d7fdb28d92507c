import { ComponentType, MessageFlags } from 'discord.js';
import type { APIMessageComponent, APIMessageTopLevelComponent, APITextDisplayComponent } from 'discord.js';

/** Discord's limits, from https://discord.com/developers/docs/components/reference and …/interactions/application-commands. */
export const LIMITS = {
  /** Components of a message with the components v2 flag, nested ones counted. */
  components: 40,
  /** Characters of all text displays of such a message together. */
  text: 4000,
  options: 25,
  optionLabel: 100,
  buttonLabel: 80,
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  /** Text of a message without components v2. */
  content: 2000,
} as const;

/** A message as the bot sends it. Nothing in it can ping anyone. */
export interface View {
  flags: number;
  allowedMentions: { parse: [] };
  components: APIMessageTopLevelComponent[];
}

/**
 * A components v2 message. Layouts stay within Discord's limits by construction; should one ever not, its texts are cut and
 * its last components left out here, because a shortened answer is better than a refused one.
 */
export function view(components: APIMessageTopLevelComponent[]): View {
  return {
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
    components: fit(components),
  };
}

/** What Discord counts of a message: components with those inside them, and characters of text. */
export function measure(components: readonly APIMessageTopLevelComponent[]): {
  components: number;
  text: number;
} {
  const texts = textsOf(components);
  return {
    components: measureParts(components),
    text: texts.reduce((sum, text) => sum + text.content.length, 0),
  };
}

/** How many components these are, with those inside them. */
export function measureParts(components: readonly APIMessageComponent[]): number {
  return [...everyComponent(components)].length;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
export function* graphemesOf(text: string): Generator<string> {
  for (const { segment } of graphemes.segment(text)) yield segment;
}

/**
 * `text` in at most `max` characters, cut between what a reader takes for characters, with an ellipsis where something is
 * missing. Lengths are UTF-16 units: never fewer than Discord counts.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  // A little more than can fit is enough to see where the last whole character ends.
  for (const grapheme of graphemesOf(text.slice(0, max + 1))) {
    if (kept.length + grapheme.length >= max) break;
    kept += grapheme;
  }
  return `${kept.trimEnd()}…`;
}

function fit(components: APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  const size = measure(components);
  if (size.components <= LIMITS.components && size.text <= LIMITS.text) return components;
  const fitted = structuredClone(components);
  while (measure(fitted).components > LIMITS.components) dropLast(fitted);
  for (let over = measure(fitted).text - LIMITS.text; over > 0; over = measure(fitted).text - LIMITS.text) {
    const longest = textsOf(fitted).reduce((a, b) => (b.content.length > a.content.length ? b : a));
    longest.content = cut(longest.content, Math.max(1, longest.content.length - over));
  }
  return fitted;
}

function dropLast(components: APIMessageTopLevelComponent[]): void {
  const last = components.at(-1);
  if (last?.type === ComponentType.Container && last.components.length > 1) last.components.pop();
  else components.pop();
}

function textsOf(components: readonly APIMessageTopLevelComponent[]): APITextDisplayComponent[] {
  return [...everyComponent(components)].filter((one) => one.type === ComponentType.TextDisplay);
}

/** Every component, those inside others included. */
function* everyComponent(components: readonly APIMessageComponent[]): Generator<APIMessageComponent> {
  for (const component of components) {
    yield component;
    if ('components' in component) yield* everyComponent(component.components);
    if ('accessory' in component) yield component.accessory;
  }
}
