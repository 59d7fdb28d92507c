import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../sandbox/validate/message.ts';
import { refusals } from '../../support/refusals.ts';

const v2 = 1 << 15;
const row = (...components: unknown[]) => ({ type: 1, components });
const button = (id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id: id,
  ...more,
});
const buttons = (count: number, prefix = 'b') =>
  Array.from({ length: count }, (_, index) => button(`${prefix}${index}`));
const option = (value: string) => ({ label: value, value });
const select = (more: object = {}) => ({
  type: 3,
  custom_id: 's',
  options: [option('a'), option('b')],
  ...more,
});
const text = (content: string) => ({ type: 10, content });
const container = (...components: unknown[]) => ({ type: 17, components });

const files = new Map([['0', 'picture.png']]);
const classic = (...components: unknown[]) =>
  refusals(() => checkMessage({ content: 'x', components }, { kind: 'create', files }));
const modern = (...components: unknown[]) =>
  refusals(() => checkMessage({ flags: v2, components }, { kind: 'create', files }));

describe('classic components', () => {
  it.each<[string, unknown[]]>([
    ['5 rows of 5 buttons', Array.from({ length: 5 }, (_, index) => row(...buttons(5, `r${index}-`)))],
    ['a link button', [row({ type: 2, style: 5, label: 'Open', url: 'https://example.com' })]],
    ['a button with only an emoji', [row(button('e', { label: undefined, emoji: { name: '👍' } }))]],
    [
      'a select of 25 options',
      [row(select({ options: Array.from({ length: 25 }, (_, i) => option(`${i}`)) }))],
    ],
    ['the four entity selects', [5, 6, 7, 8].map((type) => row({ type, custom_id: `s${type}` }))],
  ])('pass as %s', (_, components) => {
    expect(classic(...components)).toEqual([]);
  });

  it.each<[string, unknown[], string[]]>([
    [
      '6 rows',
      Array.from({ length: 6 }, (_, index) => row(button(`${index}`))),
      ['components BASE_TYPE_MAX_LENGTH'],
    ],
    ['6 buttons in a row', [row(...buttons(6))], ['components.0.components BASE_TYPE_BAD_LENGTH']],
    ['an empty row', [row()], ['components.0.components BASE_TYPE_BAD_LENGTH']],
    [
      'a select beside a button',
      [row(button('b'), select())],
      ['components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
    ],
    [
      'no custom id',
      [row({ type: 2, style: 1, label: 'x' })],
      ['components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED'],
    ],
    ['an empty custom id', [row(button(''))], ['components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH']],
    [
      'a custom id of 101',
      [row(button('x'.repeat(101)))],
      ['components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'one custom id twice',
      [row(button('b')), row(button('b'))],
      ['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    [
      'a label of 81',
      [row(button('b', { label: 'x'.repeat(81) }))],
      ['components.0.components.0.label BASE_TYPE_MAX_LENGTH'],
    ],
    [
      'neither label nor emoji',
      [row(button('b', { label: undefined }))],
      ['components.0.components.0.label BASE_TYPE_REQUIRED'],
    ],
    [
      'an emoji that is none',
      [row(button('b', { emoji: { name: 'smile' } }))],
      ['components.0.components.0.emoji.name COMPONENT_INVALID_EMOJI'],
    ],
    [
      'a link without address',
      [row({ type: 2, style: 5, label: 'x' })],
      ['components.0.components.0.url BUTTON_COMPONENT_URL_REQUIRED'],
    ],
    [
      'a link with a custom id',
      [row(button('b', { style: 5, url: 'https://example.com' }))],
      ['components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE'],
    ],
    [
      '26 options',
      [row(select({ options: Array.from({ length: 26 }, (_, i) => option(`${i}`)) }))],
      ['components.0.components.0.options BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'no options',
      [row(select({ options: [] }))],
      ['components.0.components.0.options BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'one option value twice',
      [row(select({ options: [option('a'), option('a')] }))],
      ['components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED'],
    ],
    [
      'more values than options',
      [row(select({ max_values: 3 }))],
      ['components.0.components.0.options BASE_TYPE_BAD_LENGTH'],
    ],
    [
      'a wrong type in a row',
      [row({ type: 10, content: 'x' })],
      ['components.0.components.0.type UNION_TYPE_CHOICES'],
    ],
    ['a component that is text', ['x'], ['components.0 MODEL_TYPE_CONVERT']],
  ])('are refused with %s', (_, components, expected) => {
    expect(classic(...components)).toEqual(expected);
  });
});

describe('components v2', () => {
  const section = { type: 9, components: [text('a')], accessory: button('more') };
  const gallery = { type: 12, items: [{ media: { url: 'attachment://picture.png' } }] };

  it('nest in containers', () => {
    expect(
      modern(
        container(text('a'), section, gallery, { type: 14, divider: true, spacing: 2 }, row(button('b'))),
      ),
    ).toEqual([]);
  });

  it('may be 40 with those inside others, but not 41', () => {
    const texts = (count: number) => Array.from({ length: count }, () => text('x'));
    expect(modern(container(...texts(39)))).toEqual([]);
    expect(modern(container(...texts(40)))).toEqual(['components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED']);
  });

  it('may show 4000 characters together, but not 4001', () => {
    expect(modern(text('x'.repeat(3000)), container(text('x'.repeat(1000))))).toEqual([]);
    expect(modern(text('x'.repeat(3000)), container(text('x'.repeat(1001))))).toEqual([
      'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ]);
  });

  it.each<[string, unknown[], string[]]>([
    ['a bare button', [button('b')], ['components.0.type UNION_TYPE_CHOICES']],
    [
      'a container in a container',
      [container(container(text('x')))],
      ['components.0.components.0.type UNION_TYPE_CHOICES'],
    ],
    ['an empty text', [text('')], ['components.0.content BASE_TYPE_BAD_LENGTH']],
    [
      'a section without accessory',
      [{ type: 9, components: [text('x')] }],
      ['components.0.accessory BASE_TYPE_REQUIRED'],
    ],
    [
      'a file that was not uploaded',
      [{ type: 13, file: { url: 'attachment://other.png' } }],
      ['components.0.file.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND'],
    ],
    [
      'a file elsewhere in the web',
      [{ type: 13, file: { url: 'https://example.com/a' } }],
      ['components.0.file.url URL_TYPE_INVALID_SCHEME'],
    ],
    [
      'one custom id in a section and a row',
      [section, row(button('more'))],
      ['components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED'],
    ],
    [
      'one component id twice',
      [
        { ...text('a'), id: 4 },
        { ...text('b'), id: 4 },
      ],
      ['components.1.id COMPONENT_ID_DUPLICATED'],
    ],
  ])('are refused with %s', (_, components, expected) => {
    expect(modern(...components)).toEqual(expected);
  });
});
