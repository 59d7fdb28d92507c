import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEEN } from '../../src/domain/coverage.ts';
import { noCounts } from '../../src/domain/work-log.ts';
import { LOGS_PER_PAGE, readLogsState, workspaceLogsView } from '../../src/views/workspace-logs.ts';
import type { ListedLog, LogsState } from '../../src/views/workspace-logs.ts';
import { faultsOf } from '../support/message-limits.ts';
import { hostileLog, hostileName } from './hostile.ts';
import {
  ana,
  buttonOf,
  customIdOf,
  nanobot,
  NOW,
  researcher,
  textOf,
  workLog,
  workspace,
} from './support.ts';

const FIRST: LogsState = { channelId: null, limit: 10, page: 0 };

const listed = (n: number, overrides: Partial<ListedLog['log']> = {}): ListedLog[] =>
  Array.from({ length: n }, (_, index) => ({
    workspace: workspace(),
    log: workLog({
      sessionId: String(300000000000000000n + BigInt(index)),
      counts: { ...noCounts(), steps: 4 },
      ...overrides,
    }),
    participants: [ana, nanobot, researcher].map((author) => ({ author, steps: 1 })),
  }));

describe('a session in the list', () => {
  test('opens its beginning, and says where, how it stands and who worked there', () => {
    const text = textOf(
      workspaceLogsView({ state: FIRST, logs: listed(1), total: 1, coverage: SEEN, now: NOW }),
    );
    expect(text).toBe(
      [
        '📓 **Latest sessions**',
        '[“Refactor the authentication module”](https://discord.com/channels/400000000000000001/500000000000000001/300000000000000000)',
        '-# #project-refactor · project · 🟡 active, 23 min · 4 steps · nanobot, researcher · <t:1767605340:R>',
      ].join('\n'),
    );
  });

  test('is a link whatever brackets it has', () => {
    const logs = listed(1, { query: 'fix [x] and [y' });
    const text = textOf(workspaceLogsView({ state: FIRST, logs, total: 1, coverage: SEEN, now: NOW }));
    expect(text).toContain('[“fix ［x］ and ［y”](https://discord.com/');
  });

  test('of one workspace does not repeat its name', () => {
    const state = { ...FIRST, channelId: workspace().channelId };
    const text = textOf(workspaceLogsView({ state, logs: listed(2), total: 2, coverage: SEEN, now: NOW }));
    expect(text.match(/#project-refactor/g)).toHaveLength(1);
  });

  test('names three bots and counts the rest', () => {
    const participants = [1, 2, 3, 4, 5].map((n) => ({ author: { ...nanobot, name: `b${n}` }, steps: 1 }));
    const [log] = listed(1);
    const text = textOf(
      workspaceLogsView({
        state: FIRST,
        logs: [{ ...log!, participants }],
        total: 1,
        coverage: SEEN,
        now: NOW,
      }),
    );
    expect(text).toContain(' · b1, b2, b3 +2 · ');
  });
});

test('pages lead forth and back, and their ids hold the list', () => {
  const state = { channelId: '5'.repeat(20), limit: 50, page: 3 };
  const view = workspaceLogsView({ state, logs: listed(LOGS_PER_PAGE), total: 50, coverage: SEEN, now: NOW });
  expect(buttonOf(view, '25–32 of 50')).toBeDefined();
  expect(readLogsState(customIdOf(view, '‹').split(':').slice(1))).toEqual({ ...state, page: 2 });
  expect(readLogsState(customIdOf(view, '›').split(':').slice(1))).toEqual({ ...state, page: 4 });
});

test.each([[[]], [['all']], [['all', '10', 'x']], [['all', '10', '1', '1']], [["'", '10', '1']], [['here']]])(
  '%j is no list',
  (args) => {
    expect(readLogsState(args)).toBeUndefined();
  },
);

test('whatever the sessions are about, Discord takes the list', () => {
  const some = fc.array(fc.tuple(hostileLog, hostileName), { minLength: 1, maxLength: LOGS_PER_PAGE });
  fc.assert(
    fc.property(some, (some) => {
      const counts = {
        steps: 1e9,
        handoffs: 0,
        tools: 0,
        errors: 0,
        uncertain: 0,
        escalations: 0,
        dropped: 0,
        masked: 0,
      };
      const logs = some.map(([log, name], index) => ({
        workspace: workspace({ name, type: 'coordination' }),
        log: workLog({
          ...log,
          sessionId: String(index).padStart(20, '9'),
          counts,
          endedAt: NOW,
          endReason: 'reported',
        }),
        participants: Array.from({ length: 9 }, () => ({ author: { ...nanobot, name }, steps: 1 })),
      }));
      expect(
        faultsOf(
          workspaceLogsView({ state: { ...FIRST, page: 1 }, logs, total: 50, coverage: SEEN, now: NOW }),
        ),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
