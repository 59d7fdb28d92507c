import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Shown } from '../../../../sandbox/demo/render/message.ts';
import { renderMessage } from '../../../../sandbox/demo/render/message.ts';
import { plain } from '../../../../sandbox/demo/render/paint.ts';
import { widthOf } from '../../../../sandbox/demo/render/width.ts';

const nameless = { user: () => undefined, role: () => undefined, channel: () => undefined };
const look = { names: nameless, paint: plain };
const message = (over: Partial<Shown>): Shown => ({ content: '', embeds: [], attachments: [], ...over });

const answer: APIMessageTopLevelComponent[] = [
  {
    type: ComponentType.Container,
    components: [
      { type: ComponentType.TextDisplay, content: '## Log\nsecond line' },
      { type: ComponentType.Separator },
      {
        type: ComponentType.Section,
        components: [{ type: ComponentType.TextDisplay, content: 'Step 1' }],
        accessory: { type: ComponentType.Button, style: ButtonStyle.Primary, custom_id: 'go', label: 'Go' },
      },
      { type: ComponentType.Separator, divider: false },
      { type: ComponentType.File, file: { url: 'attachment://log.txt' } },
      { type: ComponentType.File, file: { url: 'attachment://taken-back.txt' } },
    ],
  },
  {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        custom_id: 'a',
        label: 'Debug',
        emoji: { name: '🔧' },
      },
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        custom_id: 'b',
        label: 'Next',
        disabled: true,
      },
      { type: ComponentType.Button, style: ButtonStyle.Link, url: 'https://example.org', label: 'Docs' },
    ],
  },
  {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: 'bots',
        placeholder: 'All bots',
        options: [
          { label: 'coder', value: '1' },
          { label: 'researcher', value: '2' },
        ],
      },
    ],
  },
];

test('components are drawn in reading order, and what can be pressed is numbered', () => {
  const attachments = [{ filename: 'log.txt', size: 20, url: 'http://127.0.0.1/log.txt' }];
  const shown = message({ components: answer, attachments, flags: MessageFlags.IsComponentsV2 });
  const { lines, controls } = renderMessage(shown, look, 60, 7);
  expect(lines).toEqual([
    '│ Log',
    '│ second line',
    `│ ${'─'.repeat(58)}`,
    '│ Step 1',
    '│ [7 Go]',
    '│',
    '│ [8 📎 log.txt (20 bytes)]',
    '[9 🔧 Debug]  (Next)  Docs (https://example.org)',
    '[10 All bots ▾]',
  ]);
  expect(controls).toEqual([
    { kind: 'button', customId: 'go', label: 'Go' },
    { kind: 'file', label: '📎 log.txt (20 bytes)', url: 'http://127.0.0.1/log.txt' },
    { kind: 'button', customId: 'a', label: '🔧 Debug' },
    {
      kind: 'select',
      customId: 'bots',
      label: 'All bots ▾',
      options: [
        { value: '1', label: 'coder' },
        { value: '2', label: 'researcher' },
      ],
    },
  ]);
});

test('what begins with a mark continues under its own text, a paragraph at the edge', () => {
  const content = 'A paragraph of words\n- a bullet of words\n> a quote of words\n10. an item of words';
  expect(renderMessage(message({ content }), look, 14).lines).toEqual([
    'A paragraph of',
    'words',
    '• a bullet of',
    '  words',
    '▏ a quote of',
    '  words',
    '10. an item of',
    '    words',
  ]);
});

test('a select shows what is chosen', () => {
  const components: APIMessageTopLevelComponent[] = [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: 'bots',
          options: [
            { label: 'all', value: '*' },
            { label: 'coder', value: '1', default: true },
          ],
        },
      ],
    },
  ];
  expect(renderMessage(message({ components }), look, 60).lines).toEqual(['[1 coder ▾]']);
});

test('content, embeds and files are shown too', () => {
  const shown = renderMessage(
    message({
      content: 'Look:',
      embeds: [
        {
          author: { name: 'coder' },
          title: 'Tests',
          description: '14 passed',
          fields: [{ name: 'Duration', value: '3 s' }],
          footer: { text: 'run 7' },
        },
      ],
      attachments: [{ filename: 'log.txt', size: 2048 }],
    }),
    look,
    60,
  );
  expect(shown.lines).toEqual([
    'Look:',
    '│ coder',
    '│ Tests',
    '│ 14 passed',
    '│ Duration',
    '│ 3 s',
    '│ run 7',
    '📎 log.txt (2.0 kB)',
  ]);
});

test('whatever a message holds, its lines fit and obey nobody', () => {
  const evil = `${'\u001B[2J'}word 東京 ${'x'.repeat(300)}\r`.repeat(5);
  const components: APIMessageTopLevelComponent[] = [
    { type: ComponentType.Container, components: [{ type: ComponentType.TextDisplay, content: evil }] },
    {
      type: ComponentType.ActionRow,
      components: Array.from({ length: 5 }, (_, index) => ({
        type: ComponentType.Button as const,
        style: ButtonStyle.Primary as const,
        custom_id: `b${index}`,
        label: `\u001B[31mbutton ${index} ${'y'.repeat(60)}`,
      })),
    },
  ];
  const { lines } = renderMessage(
    message({
      content: evil,
      embeds: [{ title: evil }],
      components,
      attachments: [{ filename: `a\u001Bc${'z'.repeat(90)}.txt`, size: 1 }],
    }),
    look,
    80,
  );
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});
