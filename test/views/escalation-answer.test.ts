import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Escalation } from '../../src/domain/escalation.ts';
import { answerPost } from '../../src/views/escalation-answer.ts';
import { ana, escalation } from './escalations.ts';
import { hostileName, hostileText } from './hostile.ts';
import { NOW } from './support.ts';

const decided = (overrides: Partial<Escalation> = {}) =>
  escalation({
    state: 'decided',
    stateBy: ana,
    stateAt: NOW,
    closedAt: NOW,
    decision: { option: 'Passphrases', note: null },
    ...overrides,
  });

/** As a program reads it: the first fence of that name, up to the next one. */
function blockIn(content: string): Record<string, unknown> {
  const [, json] = /```worklog\n([\s\S]*?)```/.exec(content)!;
  return JSON.parse(json!) as Record<string, unknown>;
}

describe('the answer', () => {
  test('mentions who asked and nobody else, says it to people, and says it to programs', () => {
    const { content, allowed_mentions, message_reference } = answerPost(
      decided({ dedupeKey: 'policy' }),
      true,
    );
    expect(content).toMatch(
      /^<@200000000000000001> ◆ \*\*Ana\*\* decided: \*\*Passphrases\*\*\n```worklog\n/,
    );
    expect(allowed_mentions).toEqual({
      parse: [],
      users: ['200000000000000001'],
      roles: [],
      replied_user: false,
    });
    expect(message_reference).toEqual({ message_id: '300000000000000012', fail_if_not_exists: false });
    expect(blockIn(content!)).toEqual({
      type: 'decision',
      escalation: 7,
      dedupe_key: 'policy',
      outcome: 'decided',
      option: 'Passphrases',
      note: null,
      decided_by: 'Ana',
      at: '2026-01-05T09:30:00.000Z',
      step: 12,
    });
  });

  test('to a persona, which nobody can mention, names it', () => {
    const answerTo = { key: '900:coder', name: 'coder', kind: 'persona' as const };
    const { content, allowed_mentions } = answerPost(decided({ answerTo }), true);
    expect(content).toMatch(/^\*\*coder\*\* ◆/);
    expect(allowed_mentions.users).toEqual([]);
  });

  test.each<[string, Partial<Escalation>, string, object]>([
    [
      'go on with the default',
      { onTimeout: 'proceed', default: 'Passphrases' },
      'go on with **Passphrases**.',
      { outcome: 'proceed', option: 'Passphrases', decided_by: null },
    ],
    ['go on', { onTimeout: 'proceed' }, 'go on without an answer.', { outcome: 'proceed', option: null }],
    ['stop', { onTimeout: 'cancel' }, 'it is cancelled.', { outcome: 'cancel', option: null }],
  ])('when nobody decided is to %s', (_, overrides, words, block) => {
    const expired = decided({ state: 'expired', stateBy: null, decision: null, ...overrides });
    const { content } = answerPost(expired, true);
    expect(content).toContain(`Nobody decided by <t:${NOW / 1000}:f>: ${words}`);
    expect(blockIn(content!)).toMatchObject(block);
  });

  test('is no reply where Discord takes none, or the message is gone', () => {
    expect(answerPost(decided(), false).message_reference).toBeUndefined();
    expect(answerPost(decided({ replyToMessageId: null }), true).message_reference).toBeUndefined();
  });

  test('cuts a note that has no room, and says so', () => {
    const note = 'because '.repeat(500);
    const { content } = answerPost(decided({ decision: { option: 'Passphrases', note } }), true);
    expect(content!.length).toBeLessThanOrEqual(2000);
    expect(content!.length).toBeGreaterThan(1900);
    const block = blockIn(content!);
    expect(note.startsWith(String(block['note']))).toBe(true);
    expect(block).toMatchObject({ option: 'Passphrases', cut: ['note'] });
  });

  test('is whole, readable and harmless, whatever was said', () => {
    fc.assert(
      fc.property(
        fc.option(hostileText, { nil: null }),
        fc.option(hostileText, { nil: null }),
        hostileName,
        hostileText,
        (option, note, name, dedupeKey) => {
          const by = { ...ana, name };
          const answered = decided({ decision: { option, note }, stateBy: by, dedupeKey });
          const { content } = answerPost(answered, true);
          expect(content!.length).toBeLessThanOrEqual(2000);
          expect(content!.match(/```/g)).toHaveLength(2);
          expect(content!.replace('<@200000000000000001>', '')).not.toMatch(/(?<!\\)<@|(?<=^[^{]*)@everyone/);
          const block = blockIn(content!);
          const said = { option, note };
          const cut = (block['cut'] ?? []) as string[];
          const whole = (['option', 'note'] as const).filter((field) => !cut.includes(field));
          for (const field of whole) expect(block[field]).toBe(said[field]?.toWellFormed() ?? null);
        },
      ),
      { numRuns: 100 },
    );
  });
});
