import type { Masker } from '../masking/mask.ts';
import { maskBlocks } from './dialects/worklog-block.ts';
import { textOf } from './dialects/text.ts';
import { withSafeName } from './free-names.ts';
import type { EmbedText, Mention, Observation } from './observation.ts';

/**
 * The observation as it may lie on the disk before it is read: whatever is to be hidden when it is recorded is hidden here, too. The
 * same object when there is nothing to hide, as mostly. Null for `masker`: nothing is masked.
 */
export function safeObservation(observation: Observation, masker: Masker | null): Observation {
  const named = observation.optedOut ? { ...observation, optedOut: { names: [] } } : observation;
  if (masker === null) return named;
  const content = safeText(named.content, masker);
  const mentions = same(named.mentions, (mention) => safeMention(mention, masker));
  const isSafe = content === named.content && mentions === named.mentions;
  const safe = isSafe ? named : { ...named, content, mentions };
  return isPlain(safe) ? safe : safeWhole(safe, masker);
}

/** What is to be hidden may show only where pieces are read together: then the whole is kept as the text that people read. */
function safeWhole(observation: Observation, masker: Masker): Observation {
  const hide = (text: string) => safeText(text, masker);
  const { embeds, componentTexts, controls, attachments } = observation;
  const safe = {
    ...observation,
    embeds: embeds.map((embed) => safeEmbed(embed, hide)),
    componentTexts: componentTexts.map(hide),
    controls: controls?.map(hide),
    attachments: attachments.map(hide),
  };
  const whole = textOf(safe);
  const content = safeText(whole, masker);
  if (content === whole) return safe;
  return { ...safe, content, embeds: [], componentTexts: [], attachments: [] };
}

function isPlain({ embeds, componentTexts, controls, attachments }: Observation): boolean {
  return embeds.length + componentTexts.length + (controls?.length ?? 0) + attachments.length === 0;
}

function safeEmbed(
  { title, description, fields, footer }: EmbedText,
  hide: (text: string) => string,
): EmbedText {
  return {
    title: title && hide(title),
    description: description && hide(description),
    fields: fields.map(({ name, value }) => ({ name: hide(name), value: hide(value) })),
    footer: footer && hide(footer),
  };
}

function safeMention(mention: Mention, masker: Masker): Mention {
  const text = masker.mask(mention.text).text;
  const author = mention.author && withSafeName(mention.author, masker);
  return text === mention.text && author === mention.author ? mention : { ...mention, text, author };
}

function safeText(text: string, masker: Masker): string {
  return masker.mask(maskBlocks(text, masker)).text;
}

/** The same list when nothing in it changes. */
function same<T>(list: T[], change: (one: T) => T): T[] {
  const changed = list.map(change);
  return changed.every((one, index) => one === list[index]) ? list : changed;
}
