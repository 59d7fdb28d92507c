import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ESCALATIONS_PER_PAGE, escalationList } from '../../src/views/escalation-list.ts';
import type { EscalationList } from '../../src/views/escalation-list.ts';
import { faultsOf } from '../support/message-limits.ts';
import { ana, escalation } from './escalations.ts';
import { hostileName, hostileText } from './hostile.ts';
import { buttonOf, customIdOf, partsOf, textOf, workspace } from './support.ts';

const listed = (count: number, overrides: Parameters<typeof escalation>[0] = {}, decides = true) =>
  Array.from({ length: count }, (_, index) => ({
    escalation: escalation({ id: index + 1, ...overrides }),
    workspace: workspace(),
    decides,
  }));
const list = (all: EscalationList['all'], page = 0, more: Partial<EscalationList> = {}) =>
  escalationList({ state: { channelId: null, mine: false, page }, all, more: false, done: null, ...more });

test('says when nothing waits', () => {
  expect(textOf(list([]))).toBe('🟢 **Nothing waits for a decision.**');
});

test('shows each with its workspace and its options, and a way to all that can be done', () => {
  const shown = list(listed(1));
  expect(textOf(shown)).toContain('🚨 **1 decision waits**, oldest first');
  expect(textOf(shown)).toContain('**1** 🚨 **nanobot needs a decision** · #project-refactor');
  expect(customIdOf(shown, 'Passphrases')).toMatch(/^escalation:decide:1:all-all-0:1\./);
  expect(customIdOf(shown, 'More…')).toBe('escalation:open:1:all-all-0');
});

test.each([
  ['more options than fit', ['a', 'b', 'c', 'd'], 'Decide…'],
  ['none', [], 'Answer…'],
])('with %s offers the card', (_, options, label) => {
  const shown = list(listed(1, { options }));
  expect(partsOf(shown).filter((part) => part['type'] === 2)).toHaveLength(1);
  expect(buttonOf(shown, label)).toBeDefined();
});

test('shows who only reads no buttons', () => {
  expect(partsOf(list(listed(2, {}, false))).filter((part) => part['type'] === 2)).toEqual([]);
});

test('says what somebody has taken on', () => {
  expect(textOf(list(listed(1, { state: 'acknowledged', stateBy: ana })))).toContain('**Ana** is on it');
});

test('has pages: two hundred are read through, and a page beyond the end is the last one', () => {
  const all = listed(200);
  const last = 200 / ESCALATIONS_PER_PAGE - 1;
  const shown = list(all, 999);
  expect(faultsOf(shown)).toEqual([]);
  expect(buttonOf(shown, '196–200 of 200')).toBeDefined();
  expect(customIdOf(shown, '‹')).toBe(`escalation:list:all-all-${last - 1}`);
  expect(buttonOf(shown, '›')).toMatchObject({ disabled: true });
  expect(textOf(list(all, 0, { more: true }))).toContain('More than 200 decisions wait');
});

test('whatever was recorded, Discord takes a full page', () => {
  fc.assert(
    fc.property(hostileText, hostileName, hostileText, (reason, name, done) => {
      const overrides = { reason, by: { ...ana, name }, options: ['a', 'b', 'c'] };
      expect(faultsOf(list(listed(7, overrides), 0, { done: done.slice(0, 300) }))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
