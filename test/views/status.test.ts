import { describe, expect, test } from 'vitest';
import { statusView } from '../../src/views/status.ts';
import type { Status } from '../../src/views/status.ts';
import { faultsOf } from '../support/message-limits.ts';
import { NOW, textOf, workspace } from './support.ts';

function status(overrides: Partial<Status> = {}) {
  return statusView({
    recorded: [workspace()],
    skipped: [],
    completeness: { catchingUp: null, gaps: [] },
    adoption: { asked: 3, could: 4 },
    feedback: { helped: 2, notHelped: 1, mistakes: 1 },
    size: 1_449_000,
    enabled: true,
    silent: false,
    inMemory: false,
    now: NOW,
    ...overrides,
  });
}

describe('a status', () => {
  test('says what is recorded, who asked, whether it helped, what was caught, and how large it is', () => {
    expect(textOf(status()).split('\n')).toEqual([
      '📓 **Work Logs**',
      '🟡 1 workspace recorded: #project-refactor',
      '**Seen:** without gaps in the last 7 days',
      '**Asked:** 3 of 4 people known to me who may (75 %)',
      '**Helped:** 2 yes, 1 no (67 %)',
      '**Caught:** 1 step that people said was wrong',
      '-# Of the workspaces that you may read · database 1.4 MB',
    ]);
  });

  test.each<[string, Partial<Status>, string]>([
    [
      'that nobody has said anything',
      { feedback: { helped: 0, notHelped: 0, mistakes: 0 } },
      'nobody has said yet',
    ],
    ['that nobody was helped', { feedback: { helped: 0, notHelped: 2, mistakes: 0 } }, '0 yes, 2 no (0 %)'],
    ['that nobody could ask', { adoption: { asked: 0, could: 0 } }, '**Asked:** nobody could yet'],
    ['that Discord does not tell', { adoption: null }, '**Asked:** not known at the moment'],
    ['that nothing is recorded', { recorded: [] }, 'No channel that you may read the log of is recorded'],
    ['that all is switched off', { enabled: false }, '`work_logs.enabled` is false'],
    ['that nothing is posted unasked', { silent: true }, '`work_logs.silent` is true'],
    ['that the log will be lost', { inMemory: true }, 'it ends when I am stopped'],
    ['what is skipped', { skipped: [{ name: 'ops', reason: 'I cannot see it' }] }, '- #ops: I cannot see it'],
    ['the size of a small database', { size: 90_112 }, 'database 90 kB'],
  ])('says %s', (_, overrides, expected) => {
    expect(textOf(status(overrides))).toContain(expected);
  });

  test('of very many channels is still one that Discord takes', () => {
    const recorded = Array.from({ length: 400 }, () => workspace({ name: '*'.repeat(100) }));
    const skipped = recorded.map(({ name }) => ({ name, reason: 'it is hidden from me' }));
    expect(faultsOf(status({ recorded, skipped }))).toEqual([]);
    expect(textOf(status({ recorded }))).toContain('and 380 more');
  });
});
