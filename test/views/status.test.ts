import { describe, expect, test } from 'vitest';
import { statusView } from '../../src/views/status.ts';
import type { Status } from '../../src/views/status.ts';
import type { Health } from '../../src/views/health.ts';
import { timestamp } from '../../src/views/text.ts';
import { faultsOf } from '../support/message-limits.ts';
import { NOW, textOf, workspace } from './support.ts';

const HEALTHY: Health = {
  connectedAt: NOW - 3_600_000,
  lastEventAt: NOW - 2000,
  lagMs: 12.4,
  escalations: 0,
  outbox: { waiting: 0, oldestAt: null, givenUp: [] },
  missing: [],
  jobs: [
    { job: 'close-idle', at: NOW },
    { job: 'post-reports', at: NOW },
    { job: 'expire-artifacts', at: NOW + 600_000 },
  ],
};

function status(overrides: Partial<Status> = {}) {
  return statusView({
    recorded: [workspace()],
    skipped: [],
    timezone: 'Europe/Lisbon',
    health: HEALTHY,
    completeness: { catchingUp: null, gaps: [] },
    adoption: { asked: 3, could: 4 },
    feedback: { helped: 2, notHelped: 1, mistakes: 1 },
    exchange: { enabled: true, pending: 3, flagged: 1, approved: 0, shared: 12, revoked: 2 },
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
      `**Connected:** since ${timestamp(NOW - 3_600_000, 'R')} · last event ${timestamp(NOW - 2000, 'R')} · recorded within 12 ms`,
      '**Decisions:** none waits',
      '**To be posted:** nothing',
      '**Time zone:** Europe/Lisbon, where it is 09:30 now',
      '**Asked:** 3 of 4 people known to me who may (75 %)',
      '**Helped:** 2 yes, 1 no (67 %)',
      '**Caught:** 1 step that people said was wrong',
      '**Learned:** 3 insights wait for approval · 1 doubtful · 12 shared · 2 taken back: `/insights review`',
      `-# Next runs: ${timestamp(NOW, 't')} close-idle, post-reports · ${timestamp(NOW + 600_000, 't')} expire-artifacts`,
      '-# Of the workspaces that you may read · database 1.4 MB',
    ]);
  });

  const givenUp = {
    workspace: workspace(),
    channelId: '77',
    error: 'Missing Permissions',
    since: NOW - 60_000,
    count: 3,
  };
  const refusals = (one: Partial<typeof givenUp>) => ({
    outbox: { waiting: 0, oldestAt: null, givenUp: [{ ...givenUp, ...one }] },
  });
  test.each<[string, Partial<Health>, string]>([
    ['that there is no connection', { connectedAt: null }, '**Connected:** no, I am trying · last event'],
    ['that recording is slow', { lagMs: 2340 }, 'recorded within 2.3 s'],
    ['that one decision waits', { escalations: 1 }, '**Decisions:** 1 waits, see `/escalations`'],
    ['that several decisions wait', { escalations: 3 }, '**Decisions:** 3 wait, see'],
    [
      'what is to be posted since when',
      { outbox: { waiting: 2, oldestAt: NOW - 60_000, givenUp: [] } },
      `**To be posted:** 2 messages, the first ${timestamp(NOW - 60_000, 'R')}`,
    ],
    [
      'what could not be posted and why',
      refusals({}),
      `- #project-refactor in <#77>: 3 messages since ${timestamp(NOW - 60_000, 'R')} (Missing Permissions)`,
    ],
    [
      'the channel once where it is the workspace’s own',
      refusals({ channelId: workspace().channelId }),
      '- #project-refactor: 3 messages since',
    ],
    [
      'which permissions are missing where',
      { missing: [{ workspace: workspace(), permissions: ['Send Messages', 'Attach Files'] }] },
      '- #project-refactor: Send Messages, Attach Files',
    ],
  ])('says %s', (_, health, expected) => {
    expect(textOf(status({ health: { ...HEALTHY, ...health } }))).toContain(expected);
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
    const missing = recorded.map((workspace) => ({ workspace, permissions: ['Send Messages'] }));
    const troubles = recorded.map((workspace) => ({ ...givenUp, workspace, error: 'x'.repeat(500) }));
    const outbox = { waiting: 400, oldestAt: NOW - 60_000, givenUp: troubles };
    const health = { ...HEALTHY, missing, outbox };
    expect(faultsOf(status({ recorded, skipped, health }))).toEqual([]);
    expect(textOf(status({ health }))).toContain('- and 397 more');
    expect(textOf(status({ recorded }))).toContain('and 382 more');
  });
});
