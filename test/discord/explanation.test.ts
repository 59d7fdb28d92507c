import { afterEach, beforeEach, expect, test } from 'vitest';
import { explanationOf } from '../../src/discord/explanation.ts';
import { STRETCH_ENTRIES } from '../../src/views/pages.ts';
import { newState, readPress } from '../../src/views/explain-state.ts';
import type { ExplainState } from '../../src/views/explain-state.ts';
import type { View } from '../../src/views/limits.ts';
import type { Store } from '../../src/store/store.ts';
import { mapping, memoryStore, placed, researcher, RULES, START } from '../store/support.ts';
import { buttonOf, customIdOf, textOf, workspace } from '../views/support.ts';

let store: Store;
const SESSION = '1000001';
const STEPS = STRETCH_ENTRIES + 60;

/** A long session in which every third message answers the first, and every tenth the one before. */
beforeEach(async () => {
  ({ store } = memoryStore());
  await store.workspaces.map(mapping(), START, null);
  const answered = (n: number) => {
    if (n % 10 === 0) return String(1_000_000 + n - 1);
    return n % 3 === 0 ? SESSION : null;
  };
  const drafts = Array.from({ length: STEPS }, (_, index) =>
    placed(index + 1, { author: researcher, replyToMessageId: answered(index + 1) }),
  );
  await store.entries.append(drafts, RULES);
});
afterEach(() => store.close());

async function show(state: ExplainState): Promise<View> {
  const log = (await store.sessions.get(SESSION))!;
  return explanationOf({ store, now: () => START }, { workspace: workspace(), log }, state);
}

/** The state that a button leads to. */
function behind(view: View, label: string): ExplainState {
  const pressed = readPress(customIdOf(view, label).split(':').slice(1), []);
  if (pressed?.kind !== 'turn') throw new Error(`${label} does not turn`);
  return pressed.state;
}

function stepsIn(view: View): number[] {
  return [...textOf(view).matchAll(/\[(\d+)\]\(/g)].map(([, step]) => Number(step));
}

test.each(['conversations', 'summary'] as const)(
  'the pages of a long session in mode %s show every step once, forth and back',
  async (mode) => {
    let view = await show(newState(SESSION, 0, mode));
    const forth = [stepsIn(view)];
    while (buttonOf(view, '›')?.['disabled'] === false) {
      view = await show(behind(view, '›'));
      forth.push(stepsIn(view));
    }
    const all = forth.flat();
    expect(all).toHaveLength(STEPS);
    expect(new Set(all).size).toBe(STEPS);
    const back = [stepsIn(view)];
    while (buttonOf(view, '‹')?.['disabled'] === false) {
      view = await show(behind(view, '‹'));
      back.unshift(stepsIn(view));
    }
    expect(back).toEqual(forth);
  },
);

test('conversations are put together stretch by stretch', async () => {
  const view = await show(newState(SESSION, STRETCH_ENTRIES + 5, 'conversations'));
  expect(stepsIn(view)[0]).toBe(STRETCH_ENTRIES + 1);
  const first = textOf(view)
    .split('\n')
    .find((line) => line.includes(`[${STRETCH_ENTRIES + 3}]`));
  expect(first).toMatch(/^\[\d+\].*\(to 1\)/);
});

test('a page beyond the end is the last one', async () => {
  const view = await show({ ...newState(SESSION), cursor: { side: 'from', at: { entry: 9999, block: 0 } } });
  expect(stepsIn(view).at(-1)).toBe(STEPS);
});
