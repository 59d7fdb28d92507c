import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEEN } from '../../src/domain/coverage.ts';
import { readPress } from '../../src/views/explain-state.ts';
import { explainThisView } from '../../src/views/explain-this.ts';
import type { ThisEntry } from '../../src/views/explain-this.ts';
import { faultsOf } from '../support/message-limits.ts';
import { hostileEntry, hostileLog, hostileName } from './hostile.ts';
import { customIdOf, entries, entry, NOW, textOf, workLog, workspace } from './support.ts';

function explainThis(overrides: Partial<ThisEntry> = {}) {
  const base = {
    workspace: workspace(),
    log: workLog(),
    entry: entry(3),
    coverage: SEEN,
    unfolds: false,
    asksHelp: false,
    now: NOW,
  };
  return explainThisView({ ...base, neighbours: [], answers: null, answeredBy: [], ...overrides });
}

describe('one step', () => {
  test('tells each of its neighbours once, as what they are to it', () => {
    const [one, two, three, four, five] = entries(5);
    const text = textOf(
      explainThis({ entry: three!, neighbours: entries(5), answers: two!, answeredBy: [five!] }),
    );
    const steps = [...text.matchAll(/^(?:-# (.*)|\[(\d)\].*)$/gm)].map(([, title, step]) => title ?? step);
    const told = ['3', 'It answers', '2', 'Answered by', '5', 'Around it', '1', '4', 'seen without gaps'];
    expect(steps).toEqual(told);
    expect([one?.step, four?.step]).toEqual([1, 4]);
  });

  test('leaves out what there is not', () => {
    expect(textOf(explainThis())).not.toMatch(/answers|Answered|Around/);
  });

  test('counts the answers that there is no room for', () => {
    const text = textOf(explainThis({ answeredBy: entries(9).slice(3) }));
    expect(text).toContain('-# Answered by, and 3 more times\n');
  });

  test('shows as much of a long text as there is room for, and says that it goes on', () => {
    const text = textOf(explainThis({ entry: entry(3, { message: 'long '.repeat(2000) }) }));
    expect(text.length).toBeGreaterThan(3500);
    expect(text).toContain('-# It goes on');
  });

  test('shows what stands beside the text', () => {
    const tool = {
      name: 'search',
      input: { q: 'limit' },
      output: null,
      status: 'success',
      error: null,
    } as const;
    const text = textOf(explainThis({ entry: entry(3, { tool, details: { alternatives: ['a', 'b'] } }) }));
    expect(text).toMatch(/^> what was said in step 3\n-# input: q: limit\n-# alternatives: a, b$/m);
  });

  test('can be opened in its log', () => {
    const id = customIdOf(explainThis(), 'See it in its log');
    expect(readPress(id.split(':').slice(1), [])).toMatchObject({
      kind: 'open',
      state: { sessionId: '300000000000000001' },
    });
  });
});

test('whatever was said, Discord takes the explanation', () => {
  const several = fc.array(hostileEntry, { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(several, hostileLog, hostileName, (some, log, name) => {
      const all = some.map((one, index) => entry(index + 1, one));
      const view = explainThis({
        entry: all[0]!,
        neighbours: all.slice(1, 5),
        answers: all[5] ?? null,
        answeredBy: all.slice(6),
        log: workLog(log),
        workspace: workspace({ name }),
      });
      expect(faultsOf(view)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
