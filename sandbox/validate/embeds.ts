import {
  anything,
  boolean,
  integer,
  isoDate,
  isRecord,
  lengthOf,
  list,
  object,
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

// What Discord adds to an embed it returns; a client that sends an embed back sends these too.
const returned = {
  proxy_url: anything,
  height: anything,
  width: anything,
  flags: anything,
  content_type: anything,
};
const described = {
  placeholder: anything,
  placeholder_version: anything,
  description: anything,
  is_animated: anything,
};
const media = object({ url: mediaLink, ...returned, ...described });

const shape = object({
  type: anything,
  title: string({ max: 256 }),
  description: string({ max: 4096 }),
  url: webLink,
  timestamp: isoDate,
  color: integer({ min: 0, max: 0xffffff }),
  footer: object({ text: filled(2048), icon_url: mediaLink, proxy_icon_url: anything }, ['text']),
  image: media,
  thumbnail: media,
  video: media,
  provider: anything,
  author: object({ name: filled(256), url: webLink, icon_url: mediaLink, proxy_icon_url: anything }, [
    'name',
  ]),
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
