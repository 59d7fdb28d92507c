import { describe, expect, test } from 'vitest';
import { Backlog } from '../../src/discord/backlog.ts';

const WHERE = { workspaceId: 1, channelId: '10' };
const NONE = new Set<string>();

function post(backlog: Backlog, out: string[], created: string | null, text = created ?? 'edit') {
  const held = backlog.hold(WHERE, { created, release: () => void out.push(text) });
  if (!held) out.push(`live ${text}`);
}

describe('what happens in a workspace that is behind', () => {
  test('waits for its channel, in order, without what was read meanwhile', () => {
    const backlog = new Backlog();
    const out: string[] = [];
    post(backlog, out, '1');
    backlog.fallBehind(1, null);
    for (const created of ['2', '3', null, '4']) post(backlog, out, created);
    expect(out).toEqual(['live 1']);
    backlog.release(WHERE, new Set(['2', '3']));
    post(backlog, out, '5');
    expect(out).toEqual(['live 1', 'edit', '4', 'live 5']);
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
    for (const created of ['1', '2', null, '3', '4', '5']) post(backlog, out, created);
    expect(backlog.takeOverflow('10')).toBe(true);
    expect(backlog.takeOverflow('10')).toBe(false);
    backlog.release(WHERE, new Set(['1', '2', '3', '4']));
    expect(out).toEqual(['edit', '5']);
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
