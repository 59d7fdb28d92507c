import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Escalation, EscalationEvent } from '../../src/domain/escalation.ts';
import { ESCALATION_KINDS, ESCALATION_STATES } from '../../src/domain/escalation.ts';
import { escalationCard } from '../../src/views/escalation-card.ts';
import type { EscalationFacts } from '../../src/views/escalation-card.ts';
import { postOf, reminderView, replyingTo } from '../../src/views/escalation-messages.ts';
import { tooLate } from '../../src/views/escalation-words.ts';
import { faultsOf } from '../support/message-limits.ts';
import { ana, ben, escalation, event } from './escalations.ts';
import { hostileName, hostileText } from './hostile.ts';
import { buttonOf, customIdOf, MINUTE, NOW, partsOf, textOf, workLog, workspace } from './support.ts';

const facts = (
  overrides: Partial<Escalation> = {},
  events: EscalationEvent[] = [],
  more: Partial<EscalationFacts> = {},
): EscalationFacts => ({
  escalation: escalation(overrides),
  events,
  workspace: workspace(),
  log: workLog(),
  owners: '<@100000000000000001>',
  notes: [],
  elsewhere: false,
  now: NOW,
  ...more,
});
const card = (...args: Parameters<typeof facts>) => escalationCard(facts(...args));
const at = (ms: number, style = 'f') => `<t:${ms / 1000}:${style}>`;
const LATER = NOW + 60 * MINUTE;

describe('a card that waits', () => {
  test('says who needs what, since when, and where it comes from', () => {
    const shown = textOf(card({ confidence: 0.55 }));
    expect(shown).toContain(
      `🚨 **nanobot needs a decision** · <@100000000000000001> · asked ${at(NOW - 2 * MINUTE, 'R')}`,
    );
    expect(shown).toContain('> Password policy: require special characters (strict)');
    expect(shown).toContain(
      'Step [12](https://discord.com/channels/400000000000000001/500000000000000001/300000000000000012) of “Refactor',
    );
    expect(shown).toContain('55 % sure');
  });

  test.each<[string, Partial<Escalation>, string]>([
    ['a critical one', { severity: 'critical' }, 'needs a decision** · critical'],
    ['a permission', { kind: 'approval' }, '**nanobot asks for permission**'],
    ['a limit of turns', { kind: 'turn_limit' }, '**nanobot asks whether to go on**'],
    ['a mention', { kind: 'mention' }, '**nanobot asks for you**'],
    ['a person', { kind: 'person', by: ben }, '**Ben asks for a decision**'],
    ['one that was asked again', { merged: 2 }, 'asked again, 3 times in all'],
    ['a default without a time-out', { default: 'Passphrases' }, 'Default: **Passphrases**'],
    [
      'a time-out that holds',
      { timeoutAt: LATER, default: 'Passphrases' },
      `Nobody decides by ${at(LATER)}: it waits · default: **Passphrases**`,
    ],
    [
      'one that goes on',
      { timeoutAt: LATER, onTimeout: 'proceed', default: 'Passphrases' },
      `Nobody decides by ${at(LATER)}: the agent goes on with **Passphrases**`,
    ],
    [
      'one that goes on without a default',
      { timeoutAt: LATER, onTimeout: 'proceed' },
      'the agent goes on without an answer',
    ],
    ['one that is cancelled', { timeoutAt: LATER, onTimeout: 'cancel' }, 'it is cancelled'],
    [
      'one whose time-out passed',
      { timeoutAt: NOW - MINUTE },
      `Nobody decided by ${at(NOW - MINUTE)}: it waits`,
    ],
    ['what could not be taken', { remark: '3 more options than can be shown.' }, '-# 3 more options'],
    [
      'one that somebody took on',
      { state: 'acknowledged', stateBy: ana, stateAt: NOW },
      `🟡 **Ana** is on it, since ${at(NOW, 'R')}`,
    ],
    [
      'one that was put off',
      { state: 'snoozed', stateBy: ana, nextAt: LATER },
      `💤 **Ana** put it off until ${at(LATER)}`,
    ],
  ])('of %s says so', (_, overrides, expected) => {
    expect(textOf(card(overrides))).toContain(expected);
  });

  test('that is open again says since when, and why', () => {
    const events = [event(2, 'acknowledged', { by: ana }), event(3, 'reopened', { reason: 'not decided' })];
    expect(textOf(card({}, events))).toContain(`⚠ Open again since ${at(NOW, 'R')}: not decided`);
    expect(textOf(card({}, [...events, event(4, 'snoozed'), event(5, 'woken')]))).not.toContain('Open again');
  });

  test('that is told elsewhere names the workspace', () => {
    expect(textOf(card())).not.toContain('#project-refactor');
    expect(textOf(card({}, [], { elsewhere: true }))).toContain('#project-refactor');
  });

  test('offers the options, words of one’s own, a note, and time', () => {
    const labels = partsOf(card({ default: 'Passphrases' })).map(
      (part) => part['label'] ?? part['placeholder'],
    );
    expect(labels.filter(Boolean)).toEqual([
      'Special characters',
      'Passphrases',
      'Something else…',
      'With a note…',
      'Acknowledge',
      'Snooze',
      'Open the message',
      'See the log',
    ]);
    expect(buttonOf(card({ default: 'Passphrases' }), 'Passphrases')).toMatchObject({ style: 1 });
  });

  test('without options asks for an answer', () => {
    const shown = card({ options: [], kind: 'mention' });
    expect(buttonOf(shown, 'Answer…')).toBeDefined();
    expect(buttonOf(shown, 'No answer needed')).toBeDefined();
    expect(buttonOf(shown, 'With a note…')).toBeUndefined();
  });

  test('that somebody has taken on does not offer that again', () => {
    expect(buttonOf(card({ state: 'acknowledged', stateBy: ana }), 'Acknowledge')).toBeUndefined();
    expect(buttonOf(card({ state: 'acknowledged', stateBy: ana }), 'Passphrases')).toBeDefined();
  });

  test('leads to the agent’s own buttons where it has some', () => {
    expect(buttonOf(card({ kind: 'approval' }), 'To its own buttons')).toMatchObject({
      style: 5,
      url: 'https://discord.com/channels/400000000000000001/500000000000000001/300000000000000012',
    });
  });

  test('of a thread leads there; of a command leads nowhere', () => {
    const thread = card({ threadId: '600000000000000001' });
    expect(buttonOf(thread, 'Open the message')?.['url']).toContain('/600000000000000001/');
    expect(buttonOf(card({ replyToMessageId: null }), 'Open the message')).toBeUndefined();
  });

  test.each([
    ['10 short ones are buttons', 10, 20, 'button'],
    ['11 are a menu', 11, 20, 'menu'],
    ['25 are a menu', 25, 100, 'menu'],
    ['2 that a button would cut are a menu', 2, 81, 'menu'],
  ])('of options, %s', (_, count, length, form) => {
    const options = Array.from({ length: count }, (_unused, index) => `${index} `.padEnd(length, 'x'));
    const shown = card({ options });
    expect(faultsOf(shown)).toEqual([]);
    const menu = partsOf(shown).find((part) => part['placeholder'] === 'Decide');
    const offered = (menu?.['options'] as { label: string }[] | undefined)?.map(({ label }) => label);
    const pressable = options.filter((option) => buttonOf(shown, option));
    expect({ offered, pressable }).toEqual(
      form === 'button' ? { offered: undefined, pressable: options } : { offered: options, pressable: [] },
    );
  });
});

describe('a card that is over', () => {
  const decided = event(3, 'decided', { by: ana });
  test.each<[string, Partial<Escalation>, EscalationEvent[], string]>([
    [
      'an option',
      { state: 'resolved', decision: { option: 'Passphrases', note: null } },
      [decided, event(4, 'resolved')],
      `◆ **Ana** decided: **Passphrases** · ${at(NOW)}`,
    ],
    [
      'an option with a note',
      { state: 'decided', decision: { option: 'Passphrases', note: 'until *June*' } },
      [decided],
      String.raw`**Ana** decided: **Passphrases** “until \*June\*”`,
    ],
    [
      'the agent’s own buttons',
      { state: 'resolved', decision: null },
      [event(3, 'decided', { by: ana, reason: 'with the agent’s own buttons' })],
      '**Ana** decided: with the agent’s own buttons',
    ],
    [
      'time, and its default',
      { state: 'expired', onTimeout: 'proceed', default: 'Passphrases', stateAt: NOW },
      [event(3, 'expired')],
      `Nobody decided by ${at(NOW)}: the agent goes on with **Passphrases**`,
    ],
    ['time', { state: 'expired', onTimeout: 'cancel' }, [], 'it is over'],
    [
      'its end',
      { state: 'cancelled' },
      [event(3, 'cancelled', { reason: 'the channel was unmapped' })],
      'Not needed any more: the channel was unmapped',
    ],
    [
      'its deletion',
      { state: 'cancelled', reason: '', options: [], replyToMessageId: null },
      [event(3, 'cancelled', { reason: 'the message was deleted' })],
      '*The text is deleted.*',
    ],
  ])('by %s says so, and decides nothing any more', (_, overrides, events, expected) => {
    const shown = card(overrides, events);
    expect(textOf(shown)).toContain(expected);
    expect(textOf(shown)).not.toContain('<@1');
    expect(textOf(shown)).toContain('**nanobot needed a decision**');
    expect(textOf(shown)).not.toContain('🚨');
    for (const label of ['Passphrases', 'Acknowledge', 'Something else…', 'Answer…'])
      expect(buttonOf(shown, label)).toBeUndefined();
    expect(customIdOf(shown, 'See the log')).toBe('explain:open:300000000000000001:11');
  });

  test('can be asked anew, unless its answer is on the way or its text is gone', () => {
    const canReopen = (overrides: Partial<Escalation>) =>
      buttonOf(card(overrides), 'Ask again') !== undefined;
    expect(canReopen({ state: 'resolved' })).toBe(true);
    expect(canReopen({ state: 'decided' })).toBe(false);
    expect(canReopen({ state: 'cancelled', reason: '' })).toBe(false);
    expect(canReopen({})).toBe(false);
  });
});

test('who comes second is told who was first, and with what', () => {
  const after = escalation({ state: 'decided', decision: { option: 'Passphrases', note: null } });
  expect(tooLate(after, [event(2, 'decided', { by: ana })])).toContain('**Ana** decided: **Passphrases**');
});

test('a message pings whom it names, and nobody where it is to be silent', () => {
  const loud = postOf(card(), { users: ['1'], roles: ['2'] });
  expect(loud.allowed_mentions).toEqual({ parse: [], users: ['1'], roles: ['2'] });
  expect((loud.flags ?? 0) & 4096).toBe(0);
  const silent = postOf(card(), null);
  expect(silent.allowed_mentions).toEqual({ parse: [] });
  expect((silent.flags ?? 0) & 4096).toBe(4096);
  expect(replyingTo(loud, '3')).toMatchObject({
    message_reference: { message_id: '3', fail_if_not_exists: false },
    allowed_mentions: { replied_user: false, users: ['1'] },
  });
});

test('whatever was recorded, Discord takes the card and the reminder, and nothing in them mentions anybody', () => {
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const author = fc.record({ key: hostileName, name: hostileName, kind: fc.constant('bot' as const) });
  const hostile: fc.Arbitrary<Partial<Escalation>> = fc.record({
    state: fc.constantFrom(...ESCALATION_STATES),
    kind: fc.constantFrom(...ESCALATION_KINDS),
    by: author,
    reason: hostileText,
    options: fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), { maxLength: 25 }),
    default: maybe(hostileText),
    remark: maybe(hostileText),
    timeoutAt: maybe(fc.integer({ min: NOW - MINUTE, max: LATER })),
    onTimeout: fc.constantFrom('hold' as const, 'proceed' as const, 'cancel' as const),
    decision: maybe(fc.record({ option: maybe(hostileText), note: maybe(hostileText) })),
    stateBy: maybe(author),
    card: fc.constant({ channelId: '5'.repeat(19), messageId: '6'.repeat(19) }),
  });
  fc.assert(
    fc.property(hostile, hostileText, maybe(author), (overrides, reason, by) => {
      const events = (['decided', 'cancelled', 'reopened'] as const).map((kind, index) =>
        event(index + 2, kind, { by, reason }),
      );
      const made = facts(overrides, events, { owners: 'nobody' });
      const shown = [escalationCard(made), reminderView({ ...made, event: events[2] })];
      for (const one of shown) {
        expect(faultsOf(one)).toEqual([]);
        expect(textOf(one)).not.toMatch(/(?<!\\)<@|@everyone|@here/);
      }
    }),
    { numRuns: 60 },
  );
});
