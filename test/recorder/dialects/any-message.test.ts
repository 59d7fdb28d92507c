import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialectOfPrompt } from '../../../src/recorder/dialects/detect.ts';
import { DIALECTS, mayPrompt } from '../../../src/recorder/dialects/index.ts';
import { readParts } from '../../../src/recorder/dialects/read.ts';
import { textOf } from '../../../src/recorder/dialects/text.ts';
import { observation } from '../support.ts';
import { embed } from './support.ts';

/** Pieces of every format, whole and broken, to stand in any order. */
const PIECES = [
  '┣ ¦◼︎ edit ¦⨯ ¦⬥ ¦» **Ana:** ¦⚠️ **Permission Required**\n¦**Type:** `bash`¦ ⋅ ¦*¦**¦_¦(¦)¦a¦ ¦\n',
  '🛠️ Bash¦🔎 Web Search: ¦Reasoning:\n_¦⚙️ ¦## Exec Approval Required¦### Command\n```\n¦-# Expires <t:9:R>',
  "💻 terminal¦...¦: \"¦ (×3)¦(['k'])\n{¦⏳ Working — 3 min¦❓ **Hermes needs your input**¦BOT_MSG v1¦<@43>\n",
  'kind: handoff\n¦---\n¦$ ¦read a/b¦ × 2¦, ¦x::y("¦🔧 `¦✅ `¦`¦✅ 4 · ❌ 1 tool(s) completed¦🔐 Permission: Bash',
  '**Ana**\n¦» **Ana:** now?\n¦Exec Approval Required\n¦<@43>\nBOT_MSG v1\nkind: decision_request\n---\n¦Bot turn limit reached (20/20).',
  '```worklog\n¦```¦{"message":"m"}',
].flatMap((pieces) => pieces.split('¦'));
const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 }));
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const message = fc
  .record({ content: text, title: text, description: text, value: text, footer: text, component: text })
  .map(({ content, title, description, value, footer, component }) =>
    observation({
      content,
      embeds:
        title === '' ? [] : [embed({ title, description, fields: [{ name: 'Reason', value }], footer })],
      componentTexts: component === '' ? [] : [component],
    }),
  );

it('asks nobody for anything in any format unless it may be a prompt', () => {
  const latin = fc.constantFrom(...PIECES.filter((each) => !/[^\0-\xFF]/.test(each)));
  const content = fc.array(latin, { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(content, (any) => {
      const asked = observation({ content: any });
      expect(mayPrompt(asked) || dialectOfPrompt(asked, DIALECTS) === null).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

describe.each([...DIALECTS.values()])('$name', (dialect) => {
  it('reads whatever message, always the same, and says at least one thing', () => {
    fc.assert(
      fc.property(message, (any) => {
        const parts = readParts(any, dialect);
        expect(parts.length).toBeGreaterThan(0);
        expect(parts.every((part) => typeof part.message === 'string')).toBe(true);
        expect(readParts(any, dialect)).toEqual(parts);
        expect(() => structuredClone(parts)).not.toThrow();
        expect(dialect.recognises(any)).toBeTypeOf('boolean');
      }),
    );
  });

  it('can be asked about whatever edit', () => {
    fc.assert(
      fc.property(message, message, (before, after) => {
        expect(dialect.grows?.(dialect.read(before), dialect.read(after)) ?? false).toBeTypeOf('boolean');
      }),
    );
  });

  it('drops nothing of what it does not know', () => {
    const prose = fc
      .array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 6 })
      // What stands where a bot is still writing is no part of what it says.
      .map((lines) => lines.join('\n').replace(/[▉▌█▍]/gu, ''));
    fc.assert(
      fc.property(prose, (content) => {
        const parts = dialect.read(observation({ content }));
        fc.pre(parts.every(({ origin }) => origin === 'inferred'));
        const blank = /\s+/g;
        expect(
          parts
            .map(({ message: said }) => said)
            .join('')
            .replace(blank, ''),
        ).toBe(content.replace(blank, ''));
      }),
    );
  });

  it('reads a long hostile message in time that grows with its length only', () => {
    const rows = [
      '*a ⋅ ',
      '_',
      '🔧 `',
      '**a**\n',
      '⚙️ a([',
      '$ a, read b/',
      '"',
      '```\n',
      '- A: ',
      '\n\n',
      ' ',
      '✅ 1 · ',
    ];
    for (const row of rows) {
      const long = observation({ content: row.repeat(Math.ceil(6000 / row.length)) });
      const start = performance.now();
      readParts(long, dialect);
      expect(performance.now() - start).toBeLessThan(100);
    }
  });
});

describe('a message', () => {
  it('says what its dialect reads, then what it reports as data', () => {
    const content = '┣ bash _ls_\n```worklog\n{"type":"thinking","message":"m"}\n```\n⬥ Done.';
    expect(
      readParts(observation({ content }), DIALECTS.get('kimaki')!).map(({ level, origin }) => [
        level,
        origin,
      ]),
    ).toEqual([
      ['tool', 'parsed'],
      ['info', 'parsed'],
      ['thinking', 'reported'],
    ]);
  });

  it('of nothing but data says only that', () => {
    const content = '```worklog\n{"message":"m"}\n```';
    expect(readParts(observation({ content }), null)).toEqual([
      expect.objectContaining({ origin: 'reported' }),
    ]);
  });

  it('of another format is prose', () => {
    for (const content of ['┣ bash _ls_', '💻 terminal...', '🔧 `npm ci`...', '🔐 Permission: Bash']) {
      const known = [...DIALECTS.values()].filter(
        (dialect) => dialect.read(observation({ content }))[0]!.origin === 'parsed',
      );
      expect(known).toHaveLength(1);
      expect(readParts(observation({ content }), null)).toEqual([
        expect.objectContaining({ origin: 'inferred', message: content }),
      ]);
    }
  });

  it('of a person is chat, and no data', () => {
    const content = '┣ bash _ls_\n```worklog\n{"message":"m"}\n```';
    const author = { key: '42', name: 'Ana', kind: 'person' } as const;
    expect(readParts(observation({ content, author }), DIALECTS.get('kimaki')!)).toEqual([
      { level: 'info', category: 'general', origin: 'inferred', message: content },
    ]);
  });

  it('without any text is still one part', () => {
    expect(readParts(observation(), null)).toEqual([expect.objectContaining({ message: '' })]);
    expect(textOf(observation({ attachments: ['a.png'], content: 'See' }))).toBe('See\n[file: a.png]');
  });
});
