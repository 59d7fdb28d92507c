import { describe, expect, test } from 'vitest';
import { inMode, newState, openId, openValue, readPress, turnId } from '../../src/views/explain-state.ts';
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

  test('open in the usual mode, or in the one they name', () => {
    const opened = (id: string) => readPress(id.split(':').slice(1), [], 'debug');
    expect(opened(openId('30'))).toMatchObject({ kind: 'open', state: { mode: 'debug' } });
    expect(opened(openId('30', 500, 'conversations'))).toEqual({
      kind: 'open',
      state: newState('30', 500, 'conversations'),
    });
  });
});

describe('another mode', () => {
  const place = (state: ExplainState) => state.cursor.at.entry;

  test('of the same steps keeps the one on top', () => {
    expect(place(inMode(newState('30'), 'debug', 17))).toBe(17);
  });

  test('of other steps, or from such, begins at the beginning', () => {
    expect(place(inMode(newState('30'), 'coordination', 17))).toBe(0);
    expect(place(inMode(newState('30', 0, 'coordination'), 'summary', 17))).toBe(0);
    expect(place(inMode(newState('30', 0, 'coordination'), 'coordination', 17))).toBe(17);
  });

  test('of conversations begins with the stretch that they are put together from', () => {
    expect([17, 239, 240, 500].map((entry) => place(inMode(newState('30'), 'conversations', entry)))).toEqual(
      [0, 0, 240, 480],
    );
  });
});
