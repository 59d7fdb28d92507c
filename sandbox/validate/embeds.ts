import {
  anything,
  boolean,
  integer,
  isoDate,
  isRecord,
  lengthOf,
  list,
  object,
  openObject,
  string,
  textAt,
  url,
  type Check,
} from './checks.ts';
import type { Form } from './form.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const maxEmbeds = 10;
const maxTotal = 6000;

const webLink = url(['http', 'https']);
const mediaLink = url(['http', 'https', 'attachment']);

// A client that sends an embed back sends what Discord added to its parts, too.
const media = openObject({ url: mediaLink });

const shape = object({
  type: anything,
  title: string({ max: 256 }),
  description: string({ max: 4096 }),
  url: webLink,
  timestamp: isoDate,
  color: integer({ min: 0, max: 0xffffff }),
  footer: openObject({ text: filled(2048), icon_url: mediaLink }, ['text']),
  image: media,
  thumbnail: media,
  video: media,
  provider: anything,
  author: openObject({ name: filled(256), url: webLink, icon_url: mediaLink }, ['name']),
  fields: list(object({ name: filled(256), value: filled(1024), inline: boolean }, ['name', 'value']), {
    max: 25,
  }),
  flags: anything,
  content_scan_version: anything,
});

/** The embeds of one message: each by itself, and their texts together. */
export const embeds: Check = (value, form) => {
  list(embed, { max: maxEmbeds })(value, form);
  if (!Array.isArray(value)) return;
  const total = value.reduce((sum: number, one) => sum + embedLength(one), 0);
  if (total > maxTotal)
    form.fail('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${maxTotal}`);
};

const embed: Check = (value, form) => {
  shape(value, form);
  if (isRecord(value) && !shows(value)) form.at('description').required();
};

function shows(embed: Record<string, unknown>): boolean {
  const parts = [
    'title',
    'description',
    'fields',
    'footer',
    'author',
    'image',
    'thumbnail',
    'video',
    'timestamp',
    'url',
  ];
  return parts.some((part) => {
    const value = embed[part];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
}

function filled(max: number): Check {
  return (value: unknown, form: Form) => {
    if (typeof value === 'string' && value.trim() === '') form.required();
    else string({ max })(value, form);
  };
}

function embedLength(embed: unknown): number {
  if (!isRecord(embed)) return 0;
  const fields = Array.isArray(embed['fields']) ? embed['fields'] : [];
  const texts = [
    textAt(embed, 'title'),
    textAt(embed, 'description'),
    textAt(embed['footer'], 'text'),
    textAt(embed['author'], 'name'),
    ...fields.flatMap((field) => [textAt(field, 'name'), textAt(field, 'value')]),
  ];
  return texts.reduce((sum, text) => sum + lengthOf(text), 0);
}
