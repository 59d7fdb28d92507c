import { MessageFlags } from 'discord-api-types/v10';
import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { AttachedFile, Control, Page } from './components.ts';
import { framed, renderComponent, renderFile, renderText } from './components.ts';
import type { Look } from './markup.ts';

/** What of a message is shown, whether it is new or read back from the API. */
export interface Shown {
  content: string;
  embeds: readonly APIEmbed[];
  components?: readonly APIMessageTopLevelComponent[];
  attachments: readonly AttachedFile[];
  flags?: number | undefined;
}

export interface Rendered {
  /** Each at most as wide as asked for, without line breaks. */
  lines: string[];
  /** What can be pressed, in the order of their numbers. */
  controls: Control[];
}

/** A message as a person reads it, from top to bottom, for `width` columns. Its first control has the number `first`. */
export function renderMessage(message: Shown, look: Look, width: number, first = 1): Rendered {
  const { content, embeds, components = [], attachments: files, flags = 0 } = message;
  const page: Page = { ...look, width, files, first, controls: [] };
  // With components v2 a file is shown where a component says so.
  const loose = flags & MessageFlags.IsComponentsV2 ? [] : files;
  const lines = [
    ...(content === '' ? [] : renderText(content, page)),
    ...embeds.flatMap((embed) => renderEmbed(embed, page)),
    ...loose.flatMap((file) => renderFile(file, page)),
    ...components.flatMap((component) => renderComponent(component, page)),
  ];
  return { lines, controls: page.controls };
}

function renderEmbed(embed: APIEmbed, page: Page): string[] {
  const inner = { ...page, width: page.width - 2 };
  const parts = [
    embed.author && `**${embed.author.name}**`,
    embed.title && `**${embed.title}**`,
    embed.description,
    ...(embed.fields ?? []).map(({ name, value }) => `**${name}**\n${value}`),
    embed.footer && `-# ${embed.footer.text}`,
  ].filter((part) => part !== undefined);
  return framed(
    parts.flatMap((part) => renderText(part, inner)),
    page,
  );
}
