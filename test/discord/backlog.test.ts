import { describe, expect, test } from 'vitest';
import { Backlog } from '../../src/discord/backlog.ts';

const WHERE = { workspaceId: 1, channelId: '10' };
const NONE = new Map<string, number>();

function post(backlog: Backlog, out: string[], messageId: string, editedAt: number | null = null) {
  const text = editedAt === null ? messageId : `${messageId} edited ${editedAt}`;
  const held = backlog.hold(WHERE, { messageId, editedAt, release: () => void out.push(text) });
  if (!held) out.push(`live ${text}`);
}

/** Messages that were read, unchanged since the beginning. */
function read(...messageIds: string[]) {
  return new Map(messageIds.map((id) => [id, 0]));
}

describe('what happens in a workspace that is behind', () => {
  test('waits for its channel, in order, without what was read meanwhile', () => {
    const backlog = new Backlog();
    const out: string[] = [];
    post(backlog, out, '1');
    backlog.fallBehind(1, null);
    for (const messageId of ['2', '3']) post(backlog, out, messageId);
    post(backlog, out, '1', 30);
    post(backlog, out, '4');
    expect(out).toEqual(['live 1']);
    backlog.release(WHERE, read('2', '3'));
    post(backlog, out, '5');
    expect(out).toEqual(['live 1', '1 edited 30', '4', 'live 5']);
  });

  test('is an edit that may go on only when what was read is not newer', () => {
    const backlog = new Backlog();
    const out: string[] = [];
    backlog.fallBehind(1, null);
    post(backlog, out, '1');
    for (const editedAt of [10, 20, 30]) post(backlog, out, '1', editedAt);
    post(backlog, out, '2', 10);
    backlog.release(WHERE, new Map([['1', 20]]));
    expect(out).toEqual(['1 edited 20', '1 edited 30', '2 edited 10']);
  });

  test('may be gone by now when it was heard before its workspace fell behind again', () => {
    const backlog = new Backlog();
    backlog.fallBehind(1, null);
    post(backlog, [], '1');
    post(backlog, [], '1', 10);
    expect(backlog.uncertain('10')).toEqual([]);
    backlog.fallBehind(1, null);
    post(backlog, [], '2');
    expect(backlog.uncertain('10')).toEqual(['1']);
  });

  test('waits anew when it falls behind again', () => {
    const backlog = new Backlog();
    const out: string[] = [];
    backlog.fallBehind(1, 100);
    backlog.release(WHERE, NONE);
    backlog.fallBehind(1, 200);
    expect(backlog.since(1)).toBe(100);
    post(backlog, out, '1');
    expect(out).toEqual([]);
    backlog.catchUp(1);
    expect(out).toEqual(['1']);
    expect(backlog.isBehind(1)).toBe(false);
  });

  test('is not held beyond a limit: new messages are to be read from Discord again, the rest stays', () => {
    const backlog = new Backlog(3);
    const out: string[] = [];
    backlog.fallBehind(1, null);
    for (const messageId of ['1', '2']) post(backlog, out, messageId);
    post(backlog, out, '0', 30);
    for (const messageId of ['3', '4', '5']) post(backlog, out, messageId);
    expect(backlog.takeOverflow('10')).toBe(true);
    expect(backlog.takeOverflow('10')).toBe(false);
    backlog.release(WHERE, read('1', '2', '3', '4'));
    expect(out).toEqual(['0 edited 30', '5']);
  });

  test('is dropped when the workspace is recorded no more', () => {
    const backlog = new Backlog();
    const out: string[] = [];
    backlog.fallBehind(1, null);
    post(backlog, out, '1');
    backlog.forget(1);
    post(backlog, out, '2');
    expect(out).toEqual(['live 2']);
  });
});
