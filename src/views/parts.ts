import { ButtonStyle, ComponentType, SeparatorSpacingSize } from 'discord.js';
import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIContainerComponent,
  APIMediaGalleryComponent,
  APISelectMenuOption,
  APISeparatorComponent,
  APIStringSelectComponent,
  APITextDisplayComponent,
} from 'discord.js';

/** Short ways to write the components that answers are made of. */

export function text(...lines: (string | null)[]): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content: lines.filter((line) => line !== null).join('\n') };
}

/** A picture that is attached to the same message. */
export function picture({ name, alt }: { name: string; alt: string }): APIMediaGalleryComponent {
  return {
    type: ComponentType.MediaGallery,
    items: [{ media: { url: `attachment://${name}` }, description: alt }],
  };
}

export function rule(): APISeparatorComponent {
  return { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small };
}

export function container(...components: APIComponentInContainer[]): APIContainerComponent {
  return { type: ComponentType.Container, components };
}

export function buttons(
  ...components: APIButtonComponentWithCustomId[]
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}

export interface ButtonOptions {
  /** It stands for what is shown now. */
  current?: boolean;
  disabled?: boolean;
}

export function button(
  label: string,
  customId: string,
  { current = false, disabled = false }: ButtonOptions = {},
): APIButtonComponentWithCustomId {
  const style = current ? ButtonStyle.Primary : ButtonStyle.Secondary;
  return { type: ComponentType.Button, style, label, custom_id: customId, disabled };
}

export function select(
  customId: string,
  placeholder: string,
  options: APISelectMenuOption[],
): APIActionRowComponent<APIStringSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.StringSelect, custom_id: customId, placeholder, options }],
  };
}

/** `‹ 1–12 of 30 ›`. Arrows that lead nowhere stay in their place, greyed. */
export function pager(options: {
  label: string;
  /** Custom ids; null where there is no further page. */
  previous: string | null;
  next: string | null;
  /** Begins the custom ids of what cannot be pressed; unique in the message. */
  name: string;
}): APIActionRowComponent<APIButtonComponentWithCustomId> {
  const { label, previous, next, name } = options;
  return buttons(
    button('‹', previous ?? `${name}:first`, { disabled: previous === null }),
    button(label, `${name}:here`, { disabled: true }),
    button('›', next ?? `${name}:last`, { disabled: next === null }),
  );
}
