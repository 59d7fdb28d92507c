import type { APIEmbed, APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { attachmentUrl } from '../payloads/message.ts';
import type { Attachment } from '../world.ts';
import { isAbsent } from '../validate/checks.ts';

/** Where `attachment://name` may point. */
export interface FileHome {
  core: Core;
  channelId: string;
  attachments: readonly Attachment[];
}

type Json = Record<string, unknown>;

/** Embeds as Discord gives them back: typed, with every field's `inline`, and files resolved to their address. */
export function storedEmbeds(embeds: readonly APIEmbed[], home: FileHome): APIEmbed[] {
  return embeds.map((embed) => {
    const { fields, image, thumbnail, author, footer, timestamp, ...rest } = embed;
    return present({
      ...rest,
      type: 'rich',
      fields: fields?.map((field) => ({ ...field, inline: field.inline ?? false })),
      image: image && media(image.url, home),
      thumbnail: thumbnail && media(thumbnail.url, home),
      author: author && present({ ...author, ...icon(author.icon_url, home) }),
      footer: footer && present({ ...footer, ...icon(footer.icon_url, home) }),
      timestamp: timestamp && new Date(timestamp).toISOString().replace('Z', '000+00:00'),
    }) as unknown as APIEmbed;
  });
}

/** Components as Discord gives them back: each with a number of its own, defaults filled in, media resolved. */
export function storedComponents(
  components: readonly APIMessageTopLevelComponent[],
  home: FileHome,
): APIMessageTopLevelComponent[] {
  const taken = new Set<number>();
  collectIds(components, taken);
  let last = 0;
  const nextId = () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
  return components.map((component) => stored(component as unknown as Json, home, nextId)) as never[];
}

function collectIds(value: unknown, taken: Set<number>): void {
  if (Array.isArray(value)) for (const item of value) collectIds(item, taken);
  else if (typeof value === 'object' && value !== null) {
    const { id, components, accessory } = value as Json;
    if (typeof id === 'number') taken.add(id);
    collectIds(components, taken);
    collectIds(accessory, taken);
  }
}

function stored(component: Json, home: FileHome, nextId: () => number): Json {
  const given = component['id'];
  const id = typeof given === 'number' && given > 0 ? given : nextId();
  const result: Json = { ...defaults[component['type'] as number], ...present(component), id };
  if (Array.isArray(component['components'])) {
    result['components'] = component['components'].map((child: Json) => stored(child, home, nextId));
  }
  if (component['accessory']) result['accessory'] = stored(component['accessory'] as Json, home, nextId);
  return withMedia(result, home);
}

/** What Discord fills in, by component type. */
const defaults: Record<number, Json> = {
  3: { min_values: 1, max_values: 1 },
  5: { min_values: 1, max_values: 1 },
  6: { min_values: 1, max_values: 1 },
  7: { min_values: 1, max_values: 1 },
  8: { min_values: 1, max_values: 1 },
  11: { description: null, spoiler: false },
  13: { spoiler: false, name: null, size: null },
  14: { spacing: 1, divider: true },
  17: { accent_color: null, spoiler: false },
};

function withMedia(component: Json, home: FileHome): Json {
  const unfurl = (item: unknown) => unfurled(String((item as Json)['url']), home);
  if (component['media']) component['media'] = unfurl(component['media']);
  if (Array.isArray(component['items'])) {
    component['items'] = component['items'].map((item: Json) => ({
      description: null,
      spoiler: false,
      ...present(item),
      media: unfurl(item['media']),
    }));
  }
  if (component['file']) {
    const attachment = attached(String((component['file'] as Json)['url']), home);
    component['file'] = unfurl(component['file']);
    if (attachment) Object.assign(component, { name: attachment.filename, size: attachment.size });
  }
  return component;
}

function unfurled(url: string, home: FileHome): Json {
  const attachment = attached(url, home);
  return {
    id: home.core.ids.next(),
    ...media(url, home),
    width: attachment?.width ?? null,
    height: attachment?.height ?? null,
    content_type: attachment?.contentType ?? null,
    ...(attachment && { attachment_id: attachment.id }),
  };
}

function media(url: string, home: FileHome): { url: string; proxy_url: string } {
  const attachment = attached(url, home);
  const address = attachment ? attachmentUrl(home.core, home.channelId, attachment) : url;
  return { url: address, proxy_url: address };
}

function icon(url: string | undefined, home: FileHome): Json {
  if (url === undefined) return {};
  const resolved = media(url, home);
  return { icon_url: resolved.url, proxy_icon_url: resolved.proxy_url };
}

function attached(url: string, home: FileHome): Attachment | undefined {
  if (!url.startsWith('attachment://')) return undefined;
  const name = url.slice('attachment://'.length);
  return home.attachments.find((attachment) => attachment.filename === name);
}

/** Without members that are null or undefined. */
function present(value: object): Json {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => !isAbsent(member)));
}
