import { expect, test } from 'vitest';
import { sessionFileName } from '../../src/domain/session-file.ts';

const log = { sessionId: '1400000000000000001', startedAt: Date.UTC(2026, 0, 5, 23, 59) };

test.each([
  ['project-refactor', 'project-refactor'],
  ['Ops & Infra', 'ops-infra'],
  ['プロジェクト', 'プロジェクト'],
  ['हिन्दी', 'हिन्दी'],
  ['../../etc/passwd', 'etc-passwd'],
  ['..', 'workspace'],
  ['.hidden', 'hidden'],
  ['-rf', 'rf'],
  ['a\0b\n\u202Ec', 'a-b-c'],
  ['$(reboot);`x`|*?', 'reboot-x'],
  ['\uD800🔥', 'workspace'],
  ['', 'workspace'],
  ['x'.repeat(500), 'x'.repeat(40)],
])('a channel called %j makes a file %j', (name, expected) => {
  expect(sessionFileName({ name }, log)).toBe(`${expected}-2026-01-05-1400000000000000001.json`);
});

test('the longest name fits into a file system, with room for what is put around it', () => {
  const name = sessionFileName({ name: '𠀀'.repeat(200) }, log);
  expect(Buffer.byteLength(`.${name}.part`)).toBeLessThan(255);
});

test('nothing but the name is in it, whatever a session is called', () => {
  expect(sessionFileName({ name: 'a' }, { ...log, sessionId: '/../x' })).toBe('a-2026-01-05-x.json');
});
