import { describe, expect, test } from 'vitest';
import { openId, openValue, readPress, turnId } from '../../src/views/explain-state.ts';
import type { ExplainState } from '../../src/views/explain-state.ts';

describe('custom ids', () => {
  test.each([
    '',
    'nonsense',
    '1:summary',
    '12:nomode:all:f0.0',
    'open:x:1',
    "1';--:summary:all:f0.0",
    'open',
  ])('%s asks for nothing, or for what is harmless', (id) => {
    const asked = readPress(id.split(':'), ['what ever']);
    expect(asked === undefined || asked.kind === 'turn').toBe(true);
  });

  test('a session picked from a list, or by a button, opens at the page with its step', () => {
    const opened = {
      kind: 'open',
      state: {
        sessionId: '300000000000000001',
        mode: 'summary',
        bot: null,
        cursor: { side: 'from', at: { entry: 12, block: 0 } },
      },
    };
    expect(readPress(['open'], [openValue('300000000000000001', 14)])).toEqual(opened);
    expect(readPress(openId('300000000000000001', 14).split(':').slice(1), [])).toEqual(opened);
  });

  test('hold the largest state in a hundred characters', () => {
    const at = { entry: 999_999_999, block: 999_999 };
    const state: ExplainState = {
      sessionId: '9'.repeat(20),
      mode: 'detailed',
      bot: 999_999,
      cursor: { side: 'until', at },
    };
    expect(turnId(state).length).toBeLessThanOrEqual(100);
    expect(readPress(turnId(state).split(':').slice(1), [])).toEqual({ kind: 'turn', state });
  });
});
