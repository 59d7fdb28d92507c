import { describe, expect, test } from 'vitest';
import type { Draft } from '../../src/domain/entry.ts';
import type { Observation } from '../../src/recorder/observation.ts';
import { callingOwner } from '../../src/recorder/owner-mention.ts';
import { ana, coder, draft, nanobot, researcher } from '../store/support.ts';

const observation = (asksOwner?: boolean) =>
  ({
    author: researcher,
    asksOwner,
    mentions: [{ token: '<@100>', text: '@Ana', author: ana }],
  }) as unknown as Observation;
const said = (overrides: Partial<Draft> = {}) => draft(1, { author: researcher, ...overrides });
const run = { name: 'bash', input: null, output: null, status: 'success', error: null } as const;
const calling = (...drafts: Draft[]) => callingOwner(drafts, observation(true));

describe('a message that calls for an owner', () => {
  test('waits for a person', () => {
    expect(calling(said({ message: '@Ana which one?' }))).toMatchObject([
      { escalation: true, level: 'coordination', category: 'escalation', details: { kind: 'mention' } },
    ]);
  });

  test('does so with the part that mentions them', () => {
    const parts = calling(said({ tool: run }), said({ message: 'Done.' }), said({ message: 'Look, @Ana' }));
    expect(parts.map(({ escalation }) => escalation)).toEqual([false, false, true]);
  });

  test('does so with its first words, where no part says whom', () => {
    const parts = calling(said({ tool: run }), said({ message: 'Done.' }), said({ message: 'Look' }));
    expect(parts.map(({ escalation }) => escalation)).toEqual([false, true, false]);
  });

  test.each<[string, Partial<Draft>]>([
    ['a decision', { level: 'decision', origin: 'reported' }],
    ['work that is handed over', { addressed: [nanobot] }],
  ])('leaves %s what it is', (_, overrides) => {
    const before = said({ message: '@Ana', details: { a: 1 }, ...overrides });
    expect(calling(before)).toEqual([{ ...before, escalation: true, details: { a: 1, kind: 'mention' } }]);
  });

  test.each<[string, Draft[]]>([
    [
      'that asks in a form of its own already',
      [said({ escalation: true, details: { kind: 'approval' } }), said()],
    ],
    ['that tells how a request ended', [said({ details: { outcome: 'allowed' } })]],
    ['of nothing but tool runs', [said({ tool: run })]],
    ['in the name of another', [said({ author: coder })]],
  ])('%s is left alone', (_, drafts) => {
    expect(calling(...drafts)).toEqual(drafts);
  });

  test('is what the platform says it is', () => {
    const drafts = [said({ message: '@Ana which one?' })];
    expect(callingOwner(drafts, observation())).toBe(drafts);
  });
});
