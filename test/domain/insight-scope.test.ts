import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applicableTo, asOf, narrow, reaches, widestScope } from '../../src/domain/insight-scope.ts';
import type { Reachable, Scope } from '../../src/domain/insight-scope.ts';
import { WORKSPACE_TYPES } from '../../src/domain/workspace.ts';
import type { WorkspaceType } from '../../src/domain/workspace.ts';

const BOTS = ['nanobot', 'researcher', 'coder', 'creative'].map((name, index) => ({
  key: String(200 + index),
  name,
  kind: 'bot' as const,
}));
/** Every bot, as one of the workspace and as one of elsewhere. */
const EVERYBODY: Reachable[] = BOTS.flatMap((bot) => [
  { bot, ofWorkspace: true },
  { bot, ofWorkspace: false },
]);
const [nanobot, researcher] = BOTS as [(typeof BOTS)[0], (typeof BOTS)[0], ...typeof BOTS];

const reached = (scope: Scope) =>
  EVERYBODY.filter((one) => reaches(scope, one)).map(
    ({ bot, ofWorkspace }) => `${bot.name}${ofWorkspace ? '' : ' of elsewhere'}`,
  );

test.each<[WorkspaceType, boolean, string[]]>([
  [
    'open',
    false,
    EVERYBODY.map(({ bot, ofWorkspace }) => `${bot.name}${ofWorkspace ? '' : ' of elsewhere'}`),
  ],
  ['project', false, BOTS.map(({ name }) => name)],
  ['coordination', false, BOTS.map(({ name }) => name)],
  ['direct', false, ['researcher']],
  ['open', true, ['researcher']],
  ['project', true, ['researcher']],
])(
  'what the researcher learns in %s (private thread: %s) is for the right ones',
  (type, privateThread, who) => {
    expect(reached(widestScope(type, researcher, privateThread))).toEqual(who);
  },
);

const anyScope = fc.record({
  within: fc.constantFrom('server' as const, 'workspace' as const),
  bots: fc.option(fc.subarray([...BOTS.map(({ key }) => key), '@coder', '@nobody'])),
});
const anyNarrowing = fc.record({
  within: fc.option(fc.constantFrom('server' as const, 'workspace' as const), { nil: undefined }),
  bots: fc.option(fc.subarray(BOTS)),
});

test('no narrowing, however often, lets anybody in who was not in before', () => {
  fc.assert(
    fc.property(
      anyScope,
      fc.array(anyNarrowing, { maxLength: 4 }),
      fc.array(fc.constantFrom('@coder', 'Researcher', 'all', 'someone'), { maxLength: 3 }),
      fc.constantFrom(...WORKSPACE_TYPES),
      (scope, steps, names, type) => {
        const { within, bots } = asOf(
          applicableTo(steps.reduce<Scope>(narrowed, scope), names),
          type,
          nanobot,
        );
        const before = new Set(reached(scope));
        expect(reached({ within, bots }).filter((who) => !before.has(who))).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

type Narrowing = Omit<Parameters<typeof narrow>[1], 'within'> & { within: Scope['within'] | undefined };

function narrowed(scope: Scope, { within, ...rest }: Narrowing): Scope {
  return narrow(scope, { ...rest, ...(within !== undefined && { within }) });
}

test('an agent may say for whom it is, among those that it is for anyway', () => {
  const project = widestScope('project', nanobot, false);
  expect(reached(applicableTo(project, ['@Coder', 'stranger']))).toEqual(['coder']);
  expect(reached(applicableTo(project, ['all', 'coder']))).toEqual(reached(project));
  const direct = widestScope('direct', researcher, false);
  expect(reached(applicableTo(direct, ['coder']))).toEqual(['researcher']);
});

test('where a workspace became a direct one since, an insight is for nobody but the bot that said it', () => {
  const open = widestScope('open', researcher, false);
  expect(reached(asOf(open, 'direct', researcher))).toEqual(['researcher']);
  const others = narrow(open, { bots: BOTS.filter(({ key }) => key !== researcher.key) });
  expect(reached(asOf(others, 'direct', researcher))).toEqual([]);
});
