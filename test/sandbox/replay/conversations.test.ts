import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError, readConversations } from '../../../sandbox/replay/conversations.ts';

const dir = mkdtempSync(join(tmpdir(), 'work-logs-conversations-'));
afterAll(() => rmSync(dir, { recursive: true }));

function fileOf(text: string): string {
  const file = join(dir, 'data.ndjson');
  writeFileSync(file, text);
  return file;
}

const message = { author: 'coder', role: 'bot', content: 'done' };
const lineOf = (changes: object) => JSON.stringify({ id: 'a', messages: [{ ...message, ...changes }] });

describe('readConversations', () => {
  test('reads one conversation a line and passes over what it does not know', () => {
    const text = `\uFEFF${lineOf({ to: 'ana', tool: { name: 'x' }, index: 0 })}\r\n\n${lineOf({ to: null })}\n`;
    const file = fileOf(text);
    expect(readConversations(file)).toEqual([
      { file, line: 1, id: 'a', messages: [{ ...message, to: 'ana' }] },
      { file, line: 3, id: 'a', messages: [{ ...message, to: undefined }] },
    ]);
  });

  test.each<[name: string, text: string, message: RegExp]>([
    ['a line that is not JSON', `${lineOf({})}\n{"id": "b", `, /:2: not JSON/],
    ['a line that is no object', '[]', /:1: the line: .*object/],
    ['no messages', '{"id":"a"}', /:1: messages: .*array/],
    ['no id', '{"messages":[]}', /:1: id: /],
    ['no author', lineOf({ author: undefined }), /:1: messages\[0\]\.author: .*string/],
    ['a blank author', lineOf({ author: ' ' }), /:1: messages\[0\]\.author: must not be blank/],
    ['an unknown role', lineOf({ role: 'system' }), /:1: messages\[0\]\.role: .*"human"\|"bot"/],
    ['no content', lineOf({ content: undefined }), /:1: messages\[0\]\.content: .*string/],
    ['nothing at all', '\n\n', /data\.ndjson: holds no conversation/],
  ])('names file, line and field of %s', (_, text, expected) => {
    const file = fileOf(text);
    expect(() => readConversations(file)).toThrow(InputError);
    expect(() => readConversations(file)).toThrow(expected);
  });

  test('says which file cannot be read, and why', () => {
    expect(() => readConversations(join(dir, 'absent'))).toThrow(/absent: cannot be read \(ENOENT\)/);
    expect(() => readConversations(dir)).toThrow(/cannot be read \(EISDIR\)/);
  });
});
