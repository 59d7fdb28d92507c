import { expect, test } from 'vitest';
import { testManager } from './live-log.ts';

function start(manager: ReturnType<typeof testManager>['manager'], workspaceId: string, query = 'hello') {
  return manager.startWorkspaceSession({ workspaceId, workspaceType: 'project', query, participants: ['a'] });
}

test('every workspace has a running log of its own', () => {
  const { manager } = testManager();
  const one = start(manager, '#one');
  const two = start(manager, '#two');
  one.addEntry({ message: 'in one' });
  expect(manager.getWorkspaceLog('#one')).toBe(one);
  expect(manager.getWorkspaceLog('#two')).toBe(two);
  expect(manager.getWorkspaceLog('#three')).toBeNull();
  expect([one.entries.length, two.entries.length]).toEqual([1, 0]);
});

test('a log ends by itself or by its workspace, and can be read afterwards', () => {
  const { manager, clock } = testManager();
  const one = start(manager, '#one');
  const two = start(manager, '#two');
  two.addEntry({ category: 'tool_pattern', message: 'Read before you write', confidence: 0.9 });
  clock.at += 500;
  one.end('done');
  expect(manager.endWorkspaceSession('#two', 'done too')).toMatchObject([{ category: 'tool_pattern' }]);
  expect(manager.endWorkspaceSession('#two', 'again')).toEqual([]);
  expect(manager.getWorkspaceLog('#one')).toBeNull();
  expect(manager.getLogBySession(two.sessionId)).toBe(two);
  expect(two).toMatchObject({ finalOutput: 'done too', endedAt: clock.at });
  expect(manager.getLogBySession('nobody')).toBeNull();
});

test('starting anew ends what ran there, without losing it', () => {
  const { manager } = testManager();
  const first = start(manager, '#one', 'first');
  const second = start(manager, '#one', 'second');
  expect(first.endedAt).not.toBeNull();
  expect(first.finalOutput).toBeNull();
  expect(manager.getWorkspaceLog('#one')).toBe(second);
  expect(manager.getAllLogs()).toEqual([second, first]);
});

test('the last log is the one that started last; all are listed newest first, up to a limit, or of one workspace', () => {
  const { manager } = testManager();
  expect(manager.getLastLog()).toBeNull();
  const logs = ['#one', '#two', '#one', '#three'].map((workspace) => start(manager, workspace));
  expect(manager.getLastLog()).toBe(logs[3]);
  expect(manager.getAllLogs({ limit: 2 })).toEqual([logs[3], logs[2]]);
  expect(manager.getAllLogs({ workspaceId: '#one' })).toEqual([logs[2], logs[0]]);
});
