import { stripVTControlCharacters } from 'node:util';
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type {
  APIButtonComponent,
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIMessageTopLevelComponent,
  APISectionComponent,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import type { Look } from './markup.ts';
import { readMarkup } from './markup.ts';
import { neutral } from './neutral.ts';
import { widthOf, wrap } from './width.ts';

/** Something in a message that a person can press. */
export type Control =
  | { kind: 'button'; customId: string; label: string }
  | { kind: 'select'; customId: string; label: string; options: { value: string; label: string }[] }
  | { kind: 'file'; label: string; url: string };

/** A file that came with a message. */
export interface AttachedFile {
  filename: string;
  /** Bytes. */
  size: number;
  /** Where it can be read; without it, it is only named. */
  url?: string;
}

export interface Page extends Look {
  /** Columns. */
  width: number;
  files: readonly AttachedFile[];
  /** The number of the first control. */
  first: number;
  /** Filled while rendering, in reading order. */
  controls: Control[];
}

/** One component and all within it, as lines of at most `page.width` columns. */
export function renderComponent(
  component: APIMessageTopLevelComponent | APIComponentInContainer,
  page: Page,
): string[] {
  switch (component.type) {
    case ComponentType.Container: {
      const inner = { ...page, width: page.width - 2 };
      return framed(
        component.components.flatMap((child) => renderComponent(child, inner)),
        page,
      );
    }
    case ComponentType.TextDisplay:
      return renderText(component.content, page);
    case ComponentType.Section:
      return renderSection(component, page);
    case ComponentType.Separator:
      return [component.divider === false ? '' : page.paint('dim', '─'.repeat(page.width))];
    case ComponentType.ActionRow:
      return renderRow(component.components, page);
    case ComponentType.File: {
      const file = page.files.find(({ filename }) => `attachment://${filename}` === component.file.url);
      return file ? renderFile(file, page) : [];
    }
    case ComponentType.MediaGallery:
      return component.items.flatMap(({ description, media }) =>
        wrap(`🖼  ${neutral(description ?? media.url)}`, page.width, 3),
      );
    default:
      return [];
  }
}

/** Text with its markup, broken into lines. What begins with a bullet, a bar or a number continues under its own text. */
export function renderText(text: string, page: Page): string[] {
  return readMarkup(text, page).flatMap((line) => {
    const mark = /^(?:[•▏]|\d+[.)]?) /.exec(stripVTControlCharacters(line).trimStart());
    return wrap(line, page.width, mark?.[0].length);
  });
}

/** A file's name and size. One that can be read is a control. */
export function renderFile({ filename, size, url }: AttachedFile, page: Page): string[] {
  const bytes = size < 1024 ? `${size} bytes` : `${(size / 1024).toFixed(1)} kB`;
  const label = `📎 ${neutral(filename)} (${bytes})`;
  const shown = url === undefined ? label : numbered({ kind: 'file', label, url }, page);
  return wrap(shown, page.width, 3);
}

/** Lines with a rule at their left, as Discord draws containers and embeds. */
export function framed(lines: string[], { paint }: Look): string[] {
  return lines.map((line) => `${paint('dim', '│')} ${line}`.trimEnd());
}

function renderSection(section: APISectionComponent, page: Page): string[] {
  const lines = section.components.flatMap(({ content }) => renderText(content, page));
  const { accessory } = section;
  if (accessory.type === ComponentType.Thumbnail) {
    return accessory.description ? [...lines, ...renderText(`🖼  ${accessory.description}`, page)] : lines;
  }
  return [...lines, ...renderRow([accessory], page)];
}

function renderRow(components: APIComponentInMessageActionRow[], page: Page): string[] {
  const lines: string[] = [];
  for (const label of components.map((component) => controlLabel(component, page))) {
    const longer = `${lines.at(-1) ?? ''}  ${label}`.trimStart();
    if (lines.length > 0 && widthOf(longer) <= page.width) lines[lines.length - 1] = longer;
    else lines.push(label);
  }
  return lines.flatMap((line) => wrap(line, page.width, 2));
}

function controlLabel(component: APIComponentInMessageActionRow, page: Page): string {
  if (component.type === ComponentType.Button) return buttonLabel(component, page);
  if (component.type === ComponentType.StringSelect) return selectLabel(component, page);
  return page.paint('dim', `(${neutral(component.placeholder ?? 'choose')} ▾)`);
}

function buttonLabel(button: APIButtonComponent, page: Page): string {
  const emoji = 'emoji' in button ? button.emoji : undefined;
  const icon = emoji?.id ? `:${emoji.name}:` : emoji?.name;
  const label = neutral([icon, 'label' in button ? button.label : undefined].filter(Boolean).join(' '));
  if (button.style === ButtonStyle.Link) return `${page.paint('underline', label)} (${neutral(button.url)})`;
  if (button.disabled || !('custom_id' in button)) return page.paint('dim', `(${label})`);
  return numbered({ kind: 'button', customId: button.custom_id, label }, page);
}

function selectLabel(select: APIStringSelectComponent, page: Page): string {
  const chosen = select.options.filter((option) => option.default).map(({ label }) => label);
  const label = neutral(chosen.length > 0 ? chosen.join(', ') : (select.placeholder ?? 'choose'));
  if (select.disabled) return page.paint('dim', `(${label} ▾)`);
  const options = select.options.map((option) => ({ value: option.value, label: neutral(option.label) }));
  return numbered({ kind: 'select', customId: select.custom_id, label: `${label} ▾`, options }, page);
}

function numbered(control: Control, page: Page): string {
  const number = page.controls.push(control) + page.first - 1;
  return `[${page.paint('bold', String(number))} ${control.label}]`;
}
