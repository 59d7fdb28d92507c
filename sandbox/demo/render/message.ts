import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { Control, Page } from './components.ts';
import { framed, renderComponent, renderText } from './components.ts';
import type { Look } from './markup.ts';
import { neutral } from './neutral.ts';
import { wrap } from './width.ts';

/** What of a message is shown, whether it is new or read back from the API. */
export interface Shown {
  content: string;
  embeds: readonly APIEmbed[];
  components?: readonly APIMessageTopLevelComponent[];
  attachments: readonly { id: string; filename: string; size: number }[];
}

export interface Rendered {
  /** Each at most as wide as asked for, without line breaks. */
  lines: string[];
  /** What can be pressed; the one shown as number 1 comes first. */
  controls: Control[];
}

/** A message as a person reads it, from top to bottom, for a terminal of `width` columns. */
export function renderMessage(message: Shown, look: Look, width: number): Rendered {
  const page: Page = { ...look, width, controls: [] };
  const { content, embeds, components = [], attachments } = message;
  const lines = [
    ...(content === '' ? [] : renderText(content, page)),
    ...embeds.flatMap((embed) => renderEmbed(embed, page)),
    ...attachments.flatMap(({ filename, size }) =>
      wrap(`📎 ${neutral(filename)} (${sizeText(size)})`, width, 3),
    ),
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
  ];
  const lines = parts.filter((part) => part !== undefined && part !== '');
  return framed(
    lines.flatMap((part) => renderText(part!, inner)),
    page,
  );
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} kB`;
}
