import { describe, expect, it } from 'vitest';
import type { Author } from '../../src/domain/author.ts';
import { botMentions, readableContent } from '../../src/recorder/mentions.ts';
import type { Mention } from '../../src/recorder/observation.ts';

const bot = (name: string): Author => ({ key: `key-${name}`, name, kind: 'bot' });
const directory = new Map(
  ['researcher', 'coder', 'design', 'design bot', 'Zoë'].map((name) => [name.toLowerCase(), bot(name)]),
);
const names = (authors: Author[]) => authors.map((author) => author.name);

describe('a mention written as plain text', () => {
  it.each<[string, string[], string[]]>([
    ['@researcher please look', ['researcher'], ['researcher']],
    ['please look, @researcher', ['researcher'], []],
    ['@Researcher: please look', ['researcher'], ['researcher']],
    ['@researcher @coder please look', ['researcher', 'coder'], ['researcher', 'coder']],
    ['@researcher, @coder and @zoë: go', ['researcher', 'coder', 'Zoë'], ['researcher', 'coder', 'Zoë']],
    [
      'Plan:\n- @coder set up the repo\n2. **@researcher** reads',
      ['coder', 'researcher'],
      ['coder', 'researcher'],
    ],
    ['> @coder said so', ['coder'], []],
    ['@design bot draws', ['design bot'], ['design bot']],
    ['@designer draws', [], []],
    ['mail me at someone@coder', [], []],
    ['run `@coder` or\n```\n@coder x\n```', [], []],
    ['@coder do it. @coder again', ['coder'], ['coder']],
    ['@nobody here', [], []],
    ['thanks', [], []],
  ])('%j mentions %j and addresses %j', (text, mentioned, addressed) => {
    const found = botMentions(text, [], directory);
    expect(names(found.mentions)).toEqual(mentioned);
    expect(names(found.addressed)).toEqual(addressed);
  });
});

describe('a mention that Discord resolved', () => {
  const ana: Mention = { token: '<@1>', text: '@Ana', author: { key: '1', name: 'Ana', kind: 'person' } };
  const helper: Mention = { token: '<@2>', text: '@helper', author: bot('helper') };
  const role: Mention = { token: '<@&3>', text: '@leads', author: null };

  it('reads as a name in the text', () => {
    expect(readableContent('<@1> asked <@2> and <@&3>, <@1>', [ana, helper, role])).toBe(
      '@Ana asked @helper and @leads, @Ana',
    );
  });

  it.each<[content: string, name: string, mentioned: string[], addressed: string[]]>([
    ['<@2> please look', 'İstanbul', ['İstanbul'], ['İstanbul']],
    ['<@2> runs `code`', 'tick`er', ['tick`er'], ['tick`er']],
    ['<@2>please look', 'helper', ['helper'], ['helper']],
    ['so<@2>', 'helper', ['helper'], []],
    ['<@2>, <@1>: go', 'helper', ['helper'], ['helper']],
    ['run `<@2>`', 'helper', [], []],
  ])('%j is found by its id, whatever the bot is called (%j)', (content, name, mentioned, addressed) => {
    const found = botMentions(content, [{ ...helper, text: `@${name}`, author: bot(name) }, ana], new Map());
    expect(names(found.mentions)).toEqual(mentioned);
    expect(names(found.addressed)).toEqual(addressed);
  });

  it('is found for a bot that nobody has met, and not for people and roles', () => {
    const found = botMentions('@helper ask @Ana of @leads', [ana, helper, role], new Map());
    expect(names(found.mentions)).toEqual(['helper']);
    expect(names(found.addressed)).toEqual(['helper']);
  });
});
