import { describe, expect, test } from 'vitest';
import type { Draft, Entry, ToolRun } from '../../src/domain/entry.ts';
import { latestOf, revisionOf } from '../../src/domain/revision.ts';
import { draft } from '../store/support.ts';
import { entry } from '../views/support.ts';

const run = (status: ToolRun['status']): ToolRun => ({
  name: 'npm',
  input: null,
  output: null,
  status,
  error: null,
});

function revise(entries: Entry[], drafts: Draft[], isGrowth: boolean) {
  return revisionOf({ entries, drafts, editedAt: 9_000, isGrowth });
}

const message = (text: string, extra: Partial<Draft> = {}) => draft(1, { message: text, ...extra });
const said = (text: string, extra: Partial<Entry> = {}) => entry(7, { message: text, ...extra });
const corrected = said('b', {
  part: 1000,
  level: 'correction',
  details: { corrects: 7, before: 'a', after: 'b' },
});

describe('an edit', () => {
  test('that changes white space only changes nothing', () => {
    expect(revise([said('a b')], [message('a  b\n')], false)).toEqual({ kind: 'none' });
  });

  test('that grows takes the place of what was said, part by part', () => {
    const revision = revise(
      [said('a'), said('x', { part: 1 })],
      [message('a1'), message('x1'), message('y')],
      true,
    );
    expect(revision).toMatchObject({
      kind: 'rewrite',
      drafts: [
        { part: 0, message: 'a1' },
        { part: 1, message: 'x1' },
        { part: 2, message: 'y' },
      ],
    });
  });

  test('that changes how a tool run ended is no repetition', () => {
    const before = said('npm', { level: 'tool', tool: run('unknown') });
    const after = message('npm', { level: 'tool', tool: run('success') });
    expect(revise([before], [after], true)).toMatchObject({ kind: 'rewrite', drafts: [{ part: 0 }] });
    expect(revise([{ ...before, tool: run('success') }], [after], true)).toEqual({ kind: 'none' });
  });

  test.each<[string, Partial<ToolRun>, 'append' | 'rewrite']>([
    ['another tool', { name: 'node' }, 'append'],
    ['the same tool with another input', { input: { command: 'test' } }, 'append'],
    ['an input that grows', { input: { command: 'install zod' } }, 'rewrite'],
    ['how it ended', { status: 'success' }, 'rewrite'],
  ])('of a message with one run that shows %s', (_, change, kind) => {
    const tool: ToolRun = { ...run('unknown'), input: { command: 'install' } };
    const before = said('npm', { level: 'tool', tool });
    const after = message('now', { level: 'tool', tool: { ...tool, ...change } });
    const revision = revise([before], [after], true);
    expect(revision.kind).toBe(kind);
    expect(revision).toMatchObject({ drafts: [{ part: kind === 'append' ? 1000 : 0, level: 'tool' }] });
  });

  test('that resolves a request leaves the request standing, and answers it', () => {
    const request = said('May I?', { escalation: true });
    const outcome = message('Allowed', { level: 'decision' });
    const revision = revise([request], [outcome], true);
    expect(revision).toMatchObject({
      kind: 'append',
      drafts: [{ part: 1000, level: 'decision', at: 9_000, replyToMessageId: request.messageId }],
    });
    const recorded = said('Allowed', { level: 'decision', part: 1000 });
    expect(revise([request, recorded], [outcome], true)).toEqual({ kind: 'none' });
  });

  test('that says something else corrects the first step, with before and after', () => {
    expect(revise([said('a')], [message('b')], false)).toMatchObject({
      kind: 'append',
      drafts: [
        { part: 1000, level: 'correction', message: 'b', details: { corrects: 7, before: 'a', after: 'b' } },
      ],
    });
  });

  test('that is delivered twice corrects once; one that goes on grows the correction', () => {
    expect(revise([said('a'), corrected], [message('b')], false)).toEqual({ kind: 'none' });
    expect(revise([said('a'), corrected], [message('bc')], true)).toMatchObject({
      kind: 'rewrite',
      drafts: [{ part: 1000, level: 'correction', details: { corrects: 7, before: 'a', after: 'bc' } }],
    });
    expect(revise([said('a'), corrected], [message('c')], false)).toMatchObject({
      kind: 'append',
      drafts: [{ part: 2000, details: { corrects: 7, before: 'b', after: 'c' } }],
    });
  });

  test('leaves as the latest what it said last', () => {
    expect(latestOf([said('a'), corrected])).toEqual([corrected]);
  });
});
