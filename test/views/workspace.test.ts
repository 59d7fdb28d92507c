import { describe, expect, test } from 'vitest';
import type { Owner } from '../../src/domain/workspace.ts';
import { LIMITS, measure } from '../../src/views/limits.ts';
import type { View } from '../../src/views/limits.ts';
import { unmappedView, workspaceList, workspaceView } from '../../src/views/workspace.ts';
import { NOW, partsOf, textOf, workspace } from './support.ts';

const everyOwner = Array.from({ length: 60 }, (_, n): Owner => `user:10990000000000000${10 + n}`);
const facts = {
  channelId: '1099000000000000002',
  workspace: workspace(),
  obstacle: null,
  mute: false,
  silent: false,
  asksTooOpenly: false,
  reportsTooOpenly: false,
  unfitExchange: null,
  report: null,
  retention: null,
  unpingable: [],
  rules: [],
  set: {},
  ownersOnly: true,
  enabled: true,
};

function expectWithinLimits(shown: View): void {
  const { components, text } = measure(shown.components);
  expect(components).toBeLessThanOrEqual(LIMITS.components);
  expect(text).toBeLessThanOrEqual(LIMITS.text);
  expect(shown.allowedMentions).toEqual({ parse: [] });
}

describe('one workspace', () => {
  test('fits, however many owners, rules and skipped channels there are', () => {
    const rules = Array.from({ length: 30 }, (_, n) => ({
      match: `${'x'.repeat(99)}${n}`,
      type: 'open' as const,
    }));
    const skipped = Array.from({ length: 200 }, (_, n) => ({
      name: `${'n'.repeat(99)}${n}`,
      reason: 'I cannot see it',
    }));
    const shown = workspaceView({ ...facts, workspace: workspace({ owners: everyOwner }), rules }, skipped);
    expectWithinLimits(shown);
    expect(textOf(shown)).toContain('and 190 more');
  });

  test('shows names that others chose as nothing but text', () => {
    const shown = workspaceView({ ...facts, workspace: workspace({ coordinator: '**@everyone** `x`' }) }, []);
    expect(textOf(shown)).not.toMatch(/(?<!\\)\*\*@everyone/);
  });

  test('says where decisions are asked for, who is reminded too, and what hinders that', () => {
    const settings = {
      escalationChannelId: '1099000000000000002',
      secondOwner: 'role:1099000000000000003',
    } as const;
    const shown = textOf(
      workspaceView(
        {
          ...facts,
          workspace: workspace({ settings }),
          asksTooOpenly: true,
          retention: null,
          unpingable: ['1099000000000000003'],
        },
        [],
      ),
    );
    expect(shown).toContain('Decisions are asked for in <#1099000000000000002>');
    expect(shown).toContain('Reminded too, after a day: <@&1099000000000000003>');
    expect(shown).toContain('may not see this one: they are asked for here');
    expect(shown).toContain('I cannot ping <@&1099000000000000003>');
  });

  test.each([
    [{}, 'Nothing of it is set here'],
    [{ hold: false }, 'Set here: `hold off`. '],
    [
      { hold: true, retentionDays: 0, summaryAt: '09:00' },
      'Set here: `summary-at`, `retention-days`, `hold`. ',
    ],
  ] as const)('says of %j what is set here and not by the config file', (set, words) => {
    expect(
      textOf(workspaceView({ ...facts, workspace: workspace({ settings: { ...set } }), set }, [])),
    ).toContain(words);
  });

  test('says when it was unmapped', () => {
    expect(textOf(workspaceView({ ...facts, workspace: workspace({ unmappedAt: NOW }) }, []))).toContain(
      'Unmapped <t:',
    );
    expect(textOf(unmappedView(workspace()))).toContain('What was recorded stays');
  });
});

describe('the list of workspaces', () => {
  const many = Array.from({ length: 100 }, (_, n) =>
    workspace({ id: n, channelId: `10990000000000001${10 + n}` }),
  );

  test.each([
    [0, '1/7', true, false],
    [3, '4/7', false, false],
    [6, '7/7', false, true],
    [99, '7/7', false, true],
    [-5, '1/7', true, false],
  ])('page %i says where it is and turns within its bounds', (page, label, atStart, atEnd) => {
    const shown = workspaceList(many, [], page);
    expectWithinLimits(shown);
    const turns = partsOf(shown).filter((part) => part['custom_id']);
    expect(turns.map((part) => [part['label'], part['disabled']])).toEqual([
      ['‹', atStart],
      [label, true],
      ['›', atEnd],
    ]);
  });

  test('needs no buttons for one page', () => {
    expect(partsOf(workspaceList(many.slice(0, 3), [], 0)).some((part) => part['custom_id'])).toBe(false);
  });
});
