import { MessageReferenceType, MessageType } from 'discord.js';
import type { APIEmbed, GatewayMessageCreateDispatchData } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { isRecordable, observe } from '../../src/discord/observe.ts';
import type { Names } from '../../src/discord/observe.ts';

type Message = GatewayMessageCreateDispatchData;

const GUILD = '1099000000000000001';
const CODER = {
  id: '1099000000000000011',
  username: 'coder',
  discriminator: '0',
  global_name: null,
  avatar: null,
  bot: true,
};
const ANA = {
  id: '1099000000000000012',
  username: 'ana',
  discriminator: '0',
  global_name: 'Ana',
  avatar: null,
};
const SELF = { userId: '1099000000000000013', applicationId: '1099000000000000013' };
const PLACE = { workspaceId: 7, threadId: null, privateThread: false };

const message = (fields: object = {}) =>
  ({
    id: '1099000000000000100',
    channel_id: '1099000000000000002',
    guild_id: GUILD,
    type: MessageType.Default,
    author: ANA,
    content: 'hello',
    timestamp: '2026-01-02T03:04:05.678000+00:00',
    edited_timestamp: null,
    mentions: [],
    mention_roles: [],
    embeds: [],
    attachments: [],
    ...fields,
  }) as unknown as Message;

const names: Names = {
  user: (guildId, id) =>
    guildId === GUILD && id === CODER.id ? { key: CODER.id, name: 'Coder', kind: 'bot' } : null,
  role: (_, id) =>
    ({
      '1099000000000000021': { name: 'coder', bot: { key: CODER.id, name: 'Coder', kind: 'bot' as const } },
      '1099000000000000022': { name: 'leads', bot: null },
    })[id] ?? null,
  channel: (id) => (id === '1099000000000000002' ? 'project-site' : null),
};

const seen = (fields: object = {}) => observe(message(fields), PLACE, names);

describe('isRecordable', () => {
  test.each([
    MessageType.Default,
    MessageType.Reply,
    MessageType.ChatInputCommand,
    MessageType.ContextMenuCommand,
  ])('lets messages of type %i through', (type) => expect(isRecordable(message({ type }), SELF)).toBe(true));

  test.each([
    MessageType.UserJoin,
    MessageType.ChannelPinnedMessage,
    MessageType.ThreadCreated,
    MessageType.ThreadStarterMessage,
  ])('stops system messages of type %i', (type) => expect(isRecordable(message({ type }), SELF)).toBe(false));

  test('stops its own messages, those of its webhooks included', () => {
    expect(isRecordable(message({ author: { ...CODER, id: SELF.userId } }), SELF)).toBe(false);
    const hook = { webhook_id: '1099000000000000031', application_id: SELF.applicationId };
    expect(isRecordable(message(hook), SELF)).toBe(false);
  });
});

describe('observe', () => {
  test('keeps place, id, time and flags', () => {
    expect(seen({ flags: 4 })).toMatchObject({
      ...PLACE,
      messageId: '1099000000000000100',
      at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
      content: 'hello',
      replyToMessageId: null,
      flags: 4,
    });
  });

  test.each([
    ['a person by nickname', { member: { nick: 'Boss' } }, { key: ANA.id, name: 'Boss', kind: 'person' }],
    ['a person by display name', {}, { key: ANA.id, name: 'Ana', kind: 'person' }],
    ['a bot by user name', { author: CODER }, { key: CODER.id, name: 'coder', kind: 'bot' }],
    [
      'a webhook by the name it uses',
      { author: { ...CODER, username: 'designer' }, webhook_id: '1099000000000000031' },
      { key: '1099000000000000031:designer', name: 'designer', kind: 'persona' },
    ],
    [
      'a bot that answers a command',
      { author: CODER, webhook_id: CODER.id, application_id: CODER.id },
      { key: CODER.id, name: 'coder', kind: 'bot' },
    ],
  ])('knows %s', (_, fields, author) => {
    expect(seen(fields).author).toEqual(author);
  });

  test('follows replies, and no other references', () => {
    const message_reference = { message_id: '1099000000000000099' };
    expect(seen({ type: MessageType.Reply, message_reference }).replyToMessageId).toBe('1099000000000000099');
    expect(seen({ message_reference }).replyToMessageId).toBeNull();
  });

  test('names what is mentioned, each once, in the order of reading', () => {
    const content =
      '<@1099000000000000011> see <#1099000000000000002>, <@&1099000000000000022> and <@!1099000000000000012>';
    const mentions = [{ ...ANA, member: { nick: 'Boss' } }];
    expect(seen({ content: `${content} <@1099000000000000011>`, mentions }).mentions).toEqual([
      {
        token: '<@1099000000000000011>',
        text: '@Coder',
        author: { key: CODER.id, name: 'Coder', kind: 'bot' },
      },
      { token: '<#1099000000000000002>', text: '#project-site', author: null },
      { token: '<@&1099000000000000022>', text: '@leads', author: null },
      {
        token: '<@!1099000000000000012>',
        text: '@Boss',
        author: { key: ANA.id, name: 'Boss', kind: 'person' },
      },
    ]);
  });

  test("takes a bot's own role for the bot", () => {
    expect(seen({ content: '<@&1099000000000000021> please' }).mentions).toEqual([
      {
        token: '<@&1099000000000000021>',
        text: '@Coder',
        author: { key: CODER.id, name: 'Coder', kind: 'bot' },
      },
    ]);
  });

  test.each([
    ['<@1099000000000000077>', '@unknown-user'],
    ['<@&1099000000000000077>', '@deleted-role'],
    ['<#1099000000000000077>', '#deleted-channel'],
  ])('gives what %s no longer names as %s', (token, text) => {
    expect(seen({ content: token }).mentions).toEqual([{ token, text, author: null }]);
  });

  test('reads embeds, but not those that Discord made of a link', () => {
    const said: APIEmbed = {
      type: 'rich' as APIEmbed['type'] & {},
      title: 'Report',
      description: 'by <@&1099000000000000022>',
      fields: [{ name: 'Found', value: '2' }],
      footer: { text: 'end' },
    };
    const { embeds, mentions } = seen({ embeds: [said, { type: 'link', title: 'A page' }] });
    expect(embeds).toEqual([
      {
        title: 'Report',
        description: 'by <@&1099000000000000022>',
        fields: [{ name: 'Found', value: '2' }],
        footer: 'end',
      },
    ]);
    expect(mentions).toMatchObject([{ text: '@leads' }]);
  });

  test('reads the texts of components, however they are nested', () => {
    const text = (content: string) => ({ type: 10, content });
    const section = { type: 9, components: [text('two')], accessory: { type: 2, label: 'x' } };
    const components = [text('one'), { type: 17, components: [section, { type: 14 }, text('three')] }];
    expect(seen({ components }).componentTexts).toEqual(['one', 'two', 'three']);
  });

  test('reads what can be pressed and chosen, without its custom ids', () => {
    const button = (label: string, more: object = {}) => ({
      type: 2,
      style: 1,
      label,
      custom_id: 'secret',
      ...more,
    });
    const select = {
      type: 3,
      custom_id: 'secret',
      options: [{ label: 'one', value: 'secret' }, { label: 'two' }],
    };
    const row = (...components: object[]) => ({ type: 1, components });
    const section = { type: 9, components: [], accessory: button('Why?') };
    const components = [
      row(button('Allow'), button('Open', { style: 5 }), button('Gone', { disabled: true })),
      { type: 17, components: [section, row(select)] },
      row(button('', { emoji: { name: '👍' } })),
    ];
    expect(seen({ components }).controls).toEqual(['Allow', 'Why?', 'one', 'two']);
    expect(JSON.stringify(seen({ components }))).not.toContain('secret');
    expect(seen({ components: [] }).controls).toBeUndefined();
  });

  test('reads polls, and names files and stickers', () => {
    const poll = {
      question: { text: 'Which?' },
      answers: [{ poll_media: { text: 'A' } }, { poll_media: { text: 'B' } }],
    };
    const files = { attachments: [{ filename: 'plan.md' }], sticker_items: [{ name: 'wave' }] };
    const { embeds, attachments } = seen({ poll, ...files });
    expect(embeds).toMatchObject([{ title: 'Which?', description: '- A\n- B' }]);
    expect(attachments).toEqual(['plan.md', 'wave']);
  });

  test('reads what was forwarded', () => {
    const snapshot = { content: 'from elsewhere', embeds: [], attachments: [{ filename: 'a.txt' }] };
    const forward = {
      content: '',
      message_reference: { type: MessageReferenceType.Forward, message_id: '1099000000000000099' },
      message_snapshots: [{ message: snapshot }],
    };
    expect(seen(forward)).toMatchObject({
      content: 'from elsewhere',
      attachments: ['a.txt'],
      replyToMessageId: null,
    });
  });

  test('is plain data that can cross to another thread', () => {
    const observation = seen({ content: '<@1099000000000000011>' });
    expect(structuredClone(observation)).toEqual(observation);
  });
});
