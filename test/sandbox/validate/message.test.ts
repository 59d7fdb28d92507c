import { describe, expect, it } from 'vitest';
import { checkMessage, type MessageContext } from '../../../sandbox/validate/message.ts';
import { refusals, thrown } from '../../support/refusals.ts';

const create: MessageContext = { kind: 'create', files: new Map() };
const oneFile: MessageContext = { kind: 'create', files: new Map([['0', 'log.txt']]) };
const refused = (body: unknown, context = create) => refusals(() => checkMessage(body, context));

const v2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const field = (name: string, value: string) => ({ name, value });

describe('a message', () => {
  it.each<[string, unknown]>([
    ['2000 characters', { content: 'x'.repeat(2000) }],
    ['2000 emoji, which are 4000 UTF-16 units', { content: '😀'.repeat(2000) }],
    ['only an embed', { embeds: [{ title: 't' }] }],
    [
      'embeds of together 6000 characters',
      { embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1904) }] },
    ],
    ['only a sticker', { sticker_ids: ['749054660769218631'] }],
    ['null for what may be left out', { content: 'x', embeds: null, components: null, nonce: null }],
    ['a nonce of 25 characters', { content: 'x', nonce: 'n'.repeat(25), enforce_nonce: true }],
    ['components v2 with the flag', { flags: v2, components: [text('hello')] }],
    ['a poll', { poll: { question: { text: 'Which?' }, answers: [{ poll_media: { text: 'This' } }] } }],
  ])('passes with %s', (_, body) => {
    expect(refused(body)).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['2001 characters', { content: 'x'.repeat(2001) }, ['content BASE_TYPE_MAX_LENGTH']],
    ['content that is no text', { content: 5 }, ['content STRING_TYPE_CONVERT']],
    ['nothing', {}, ['50006']],
    ['only white space', { content: ' \n ' }, ['50006']],
    ['only empty lists', { embeds: [], components: [] }, ['50006']],
    ['a body that is no object', [], ['MODEL_TYPE_CONVERT']],
    ['an unknown field', { content: 'x', contents: 'y' }, ['contents UNKNOWN_FIELD']],
    [
      '11 embeds',
      { embeds: Array.from({ length: 11 }, () => ({ title: 't' })) },
      ['embeds BASE_TYPE_MAX_LENGTH'],
    ],
    ['an empty embed', { embeds: [{}] }, ['embeds.0.description BASE_TYPE_REQUIRED']],
    ['a title of 257', { embeds: [{ title: 'x'.repeat(257) }] }, ['embeds.0.title BASE_TYPE_MAX_LENGTH']],
    [
      'a description of 4097',
      { embeds: [{ description: 'x'.repeat(4097) }] },
      ['embeds.0.description BASE_TYPE_MAX_LENGTH'],
    ],
    [
      '26 fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => field('n', 'v')) }] },
      ['embeds.0.fields BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'a field value of 1025',
      { embeds: [{ fields: [field('n', 'x'.repeat(1025))] }] },
      ['embeds.0.fields.0.value BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'an empty field value',
      { embeds: [{ fields: [field('n', '')] }] },
      ['embeds.0.fields.0.value BASE_TYPE_REQUIRED'],
    ],
    [
      'a field without a name',
      { embeds: [{ fields: [{ value: 'v' }] }] },
      ['embeds.0.fields.0.name BASE_TYPE_REQUIRED'],
    ],
    [
      'a footer without text',
      { embeds: [{ title: 't', footer: {} }] },
      ['embeds.0.footer.text BASE_TYPE_REQUIRED'],
    ],
    [
      'a colour that is too large',
      { embeds: [{ title: 't', color: 0x1000000 }] },
      ['embeds.0.color NUMBER_TYPE_MAX'],
    ],
    [
      'a time that is none',
      { embeds: [{ title: 't', timestamp: 'soon' }] },
      ['embeds.0.timestamp DATE_TIME_TYPE_PARSE'],
    ],
    [
      'an address that is none',
      { embeds: [{ title: 't', url: 'here' }] },
      ['embeds.0.url URL_TYPE_INVALID_URL'],
    ],
    [
      'an address of a wrong scheme',
      { embeds: [{ title: 't', url: 'ftp://a.b/c' }] },
      ['embeds.0.url URL_TYPE_INVALID_SCHEME'],
    ],
    [
      'embeds of together 6001 characters',
      {
        embeds: [
          { description: 'x'.repeat(4096) },
          { description: 'x'.repeat(1900), footer: { text: 'xxxxx' } },
        ],
      },
      ['embeds MAX_EMBED_SIZE_EXCEEDED'],
    ],
    ['a nonce of 26 characters', { content: 'x', nonce: 'n'.repeat(26) }, ['nonce NONCE_TYPE_TOO_LONG']],
    ['a nonce that is a fraction', { content: 'x', nonce: 1.5 }, ['nonce NONCE_TYPE_INVALID_TYPE']],
    [
      'a wrong kind of mention',
      { content: 'x', allowed_mentions: { parse: ['all'] } },
      ['allowed_mentions.parse.0 BASE_TYPE_CHOICES'],
    ],
    [
      'parse together with ids',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['749054660769218631'] } },
      ['allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
    ],
    [
      'the same user twice',
      { content: 'x', allowed_mentions: { users: ['1', '1'] } },
      ['allowed_mentions.users.1 SET_TYPE_ALREADY_CONTAINS_VALUE'],
    ],
    [
      'a reply to no message',
      { content: 'x', message_reference: {} },
      ['message_reference.message_id BASE_TYPE_REQUIRED'],
    ],
    ['four stickers', { sticker_ids: ['1', '2', '3', '4'] }, ['sticker_ids BASE_TYPE_MAX_LENGTH']],
    [
      'an attachment that was not uploaded',
      { content: 'x', attachments: [{ id: 0 }] },
      ['attachments.0 ATTACHMENT_NOT_FOUND'],
    ],
    [
      'a v2 component without the flag',
      { components: [text('x')] },
      ['components.0.type UNION_TYPE_CHOICES'],
    ],
    [
      'the v2 flag with content',
      { flags: v2, content: 'x', components: [text('x')] },
      ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    [
      'the v2 flag with embeds',
      { flags: v2, embeds: [{ title: 't' }], components: [text('x')] },
      ['embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
    ],
    ['the v2 flag without components', { flags: v2 }, ['50006']],
    [
      'a poll without answers',
      { poll: { question: { text: 'Which?' }, answers: [] } },
      ['poll.answers BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'several faults at once',
      { content: 'x'.repeat(2001), tts: 'no' },
      ['content BASE_TYPE_MAX_LENGTH', 'tts BOOLEAN_TYPE_CONVERT'],
    ],
  ])('is refused with %s', (_, body, expected) => {
    expect(refused(body)).toEqual(expected);
  });

  it('may consist of files alone, which attachments describe by index', () => {
    expect(refused({}, oneFile)).toEqual([]);
    expect(refused({ attachments: [{ id: '0', description: 'the log' }] }, oneFile)).toEqual([]);
    expect(refused({ attachments: [{ id: 0 }, { id: '0' }] }, oneFile)).toEqual([
      'attachments.1 SET_TYPE_ALREADY_CONTAINS_VALUE',
    ]);
  });

  it('is refused in the words of Discord', () => {
    const body = JSON.stringify(thrown(() => checkMessage({ content: 'x'.repeat(2001) }, create)));
    expect(JSON.parse(body)).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: {
        content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
      },
    });
  });
});

describe('an edit', () => {
  const edit = (current: MessageContext['current']): MessageContext => ({
    kind: 'edit',
    files: new Map(),
    current: current!,
  });

  it('may change one part and leave the rest', () => {
    expect(refused({ components: [] }, edit({ content: 'x' }))).toEqual([]);
  });

  it('is refused when nothing would remain', () => {
    expect(refused({ content: '' }, edit({ content: 'x' }))).toEqual(['50006']);
    expect(refused({ attachments: [] }, edit({ attachments: [{ id: '7', filename: 'a' }] }))).toEqual([
      '50006',
    ]);
  });

  it('keeps attachments by their id', () => {
    const current = edit({ content: 'x', attachments: [{ id: '7', filename: 'a.txt' }] });
    expect(refused({ attachments: [{ id: '7' }] }, current)).toEqual([]);
    expect(refused({ attachments: [{ id: '8' }] }, current)).toEqual(['attachments.0 ATTACHMENT_NOT_FOUND']);
  });

  it('of a components-v2 message stays one', () => {
    const current = edit({ flags: v2, components: [text('x')] });
    expect(refused({ components: [text('y')] }, current)).toEqual([]);
    expect(refused({ content: 'y' }, current)).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
  });

  it('to components v2 has to clear the content first', () => {
    const body = { flags: v2, components: [text('y')] };
    expect(refused(body, edit({ content: 'x' }))).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
    expect(refused({ ...body, content: null }, edit({ content: 'x' }))).toEqual([]);
  });
});
