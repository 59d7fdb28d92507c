import type { APIMessage } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Said } from '../../sandbox/people/body.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { Recorder } from '../../src/recorder/recorder.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { MODES } from '../../src/views/entry-block.ts';
import { RULES } from '../store/support.ts';
import { partsOf } from '../views/support.ts';
import { ask, startTeam, wordsOf } from './support.ts';
import type { Running } from './support.ts';

let team: Running;
beforeAll(async () => {
  team = await startTeam();
});
afterAll(() => team.end());
afterEach(async () => {
  await team.running.app.store.sessions.close(place(), Date.now(), 'command');
});

const place = () => ({
  workspaceId: team.running.app.workspaces.byChannel(team.channel.id)!.id,
  threadId: null,
});

async function entries(): Promise<Entry[]> {
  const { store } = team.running.app;
  const log = await store.sessions.latest(place());
  return (await store.entries.page({ sessionId: log!.sessionId }, 0, 100)).entries;
}

/** What the entries say, in every mode and over all pages; rejects when anything in it is more than text. */
async function explained(): Promise<string> {
  const texts: string[] = [];
  for (const mode of MODES) {
    let { reply, text } = await ask(team.ben, team.channel, 'explain', { mode });
    for (let page = 1; ; page += 1) {
      expect(reply.mention_everyone).toBe(false);
      expect([reply.mentions, reply.mention_roles]).toEqual([[], []]);
      expectHarmless(text);
      texts.push(text);
      const next = nextPage(reply);
      if (next === null || page === 20) break;
      reply = await (await team.ben.in(team.channel).click(reply, next)).reply();
      text = wordsOf(reply);
    }
  }
  return texts.join('\n');
}

function nextPage(reply: APIMessage): string | null {
  const next = partsOf({ components: (reply.components ?? []) as never }).find(({ label }) => label === '›');
  return next && next['disabled'] !== true ? String(next['custom_id']) : null;
}

function expectHarmless(text: string): void {
  expect(text.isWellFormed()).toBe(true);
  expect(text).not.toMatch(/[\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/);
  expect(text.match(/^(?:> )?```/gm)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0);
  const links = [...text.matchAll(/(?<!\\)\]\((?!\s)([^)]*)\)/g)].map(([, url]) => url);
  for (const url of links) expect(url).toMatch(/^https:\/\/discord\.com\/channels\//);
}

const fenced = (json: string) => `\`\`\`worklog\n${json}\n\`\`\``;
const block = (fields: object) => fenced(JSON.stringify(fields));

async function post(said: string | Said): Promise<Entry[]> {
  const seen = team.channel.messages().length;
  team.researcher.in(team.channel).send(said);
  await team.running.settled();
  expect(team.channel.messages()).toHaveLength(seen + 1);
  return entries();
}

describe('a block that is wrong is text with a warning beside it', () => {
  test.each<[string, string, string]>([
    ['an unknown field', block({ message: 'hi', colour: 'red' }), 'colour: unknown field'],
    ['a wrong type', block({ message: 7 }), 'message: expected string'],
    ['too much confidence', block({ message: 'hi', confidence: 1.01 }), 'confidence: '],
    ['too little confidence', block({ message: 'hi', confidence: -0.01 }), 'confidence: '],
    ['a confidence in words', block({ message: 'hi', confidence: 'high' }), 'confidence: '],
    ['deep nesting', fenced(`{"message":"hi","details":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`), 'deep'],
    ['a prototype', fenced('{"message":"hi","details":{"__proto__":{"admin":true}}}'), '__proto__'],
    ['a key twice', fenced('{"message":"hi","message":"ho"}'), 'message'],
    ['no end', '```worklog\n{"message":"hi"}', 'no closing fence'],
    ['nothing in it', fenced('[]'), 'the block'],
    ['no JSON', fenced('{message: hi}'), 'JSON'],
  ])('%s', async (_, content, fault) => {
    const [text, warning, ...more] = await post(content);
    expect(more).toEqual([]);
    expect(text).toMatchObject({ level: 'info', origin: 'inferred' });
    expect(warning).toMatchObject({ level: 'warning' });
    expect(warning!.message).toContain(fault);
    expect(await explained()).toContain('A worklog block could not be read');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});

describe('a text is shown as text', () => {
  const hostile: [string, string][] = [
    ['that turns its reading round', 'safe \u202Egnp.exe\u202C and \u2066more\u2069'],
    ['with characters of no width', 'pass\u200Bword\uFEFF \u2060here'],
    ['that ends a fence', 'a\n```\n# not mine\n```js\nb\n````\nc'],
    ['of nothing but backticks', '`'.repeat(1999)],
    ['that calls everyone', '@everyone @here <@&1099000000000000001> look'],
    ['with a link in disguise', '[your bank](https://evil.example/login) and <https://evil.example>'],
    ['with towers of accents', `Z${'\u0301'.repeat(1500)}`],
    ['of headings and quotes', '# big\n>>> quoted\n-# small\n||hidden||'],
  ];

  test.each(hostile)('as chat: %s', async (_, content) => {
    expect(await post(content)).toHaveLength(1);
    await explained();
  });

  test.each(hostile.map(([name, text]) => [name, text.slice(0, 150)]))('as data: %s', async (_, text) => {
    const steps = await post(
      block({
        type: 'tool',
        message: text,
        category: text.slice(0, 60),
        tool_name: text.slice(0, 60),
        tool_input: { [text]: text },
        tool_output: text,
        tool_error: text,
        details: { [text]: [text] },
        mentions: [text.slice(0, 60)],
        confidence: 0,
      }),
    );
    expect(steps.length).toBeGreaterThan(0);
    await explained();
  });
});

test('embeds are read to the last', async () => {
  const embeds = Array.from({ length: 10 }, (_, n) => ({
    title: `Card ${n}`,
    fields: Array.from({ length: 12 }, (_, field) => ({
      name: `Field ${field}`,
      value: '[x](https://evil.example)',
    })),
  }));
  const [entry] = await post({ embeds });
  expect(entry!.message).toContain('Card 9');
  await explained();
});

describe('what Discord itself would not deliver', () => {
  let messages = 0;

  async function arrive(extra: Partial<Observation>): Promise<Entry[]> {
    messages += 1;
    const author = { key: team.researcher.id, name: 'researcher', kind: 'bot' as const };
    const none = { mentions: [], embeds: [], componentTexts: [], attachments: [], flags: 0, content: '' };
    const where = { ...place(), privateThread: false, replyToMessageId: null, author, at: Date.now() };
    const messageId = String(1_300_000_000_000_000_000n + BigInt(messages));
    await new Recorder(team.running.app.store, RULES).record([{ ...none, ...where, messageId, ...extra }]);
    return entries();
  }

  test('a megabyte of JSON is refused as a block, and cut as text', async () => {
    const content = block({ message: 'hi', details: { text: 'x'.repeat(1024 * 1024) } });
    const [text, warning] = await arrive({ content });
    expect(text!.message).toHaveLength(4000);
    expect(warning!.message).toMatch(/could not be read: .*long/);
    await explained();
  });

  test('25 embeds are one step', async () => {
    const embeds = Array.from({ length: 25 }, (_, n) => ({
      title: `Card ${n}`,
      description: '```\n',
      fields: [],
      footer: null,
    }));
    const steps = await arrive({ embeds });
    expect(steps).toHaveLength(1);
    expect(steps[0]!.message).toContain('Card 24');
    await explained();
  });

  test('half characters are whole ones when they are shown', async () => {
    await arrive({ content: 'broken \uD83D and \uDE80 here' });
    expect(await explained()).toContain('broken');
    await arrive({
      content: fenced('{"message":"half \\ud83d", "tool_name":"\\ude80", "details":{"\\ud83d":1}}'),
    });
    await explained();
  });
});
