import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore } from '../support/empty-store.ts';
import type { Store } from '../../src/store/store.ts';
import { deployed } from '../commands/support.ts';
import { startTestBot } from '../support/bot.ts';
import type { TestBot } from '../support/bot.ts';
import { askAll, keepAnswers, pressKept } from './matrix.ts';
import type { Matrix, Settings } from './matrix.ts';
import type { Target } from './questions.ts';
import { targetsOf } from './targets.ts';
import { buildTown, changeEverything, speak } from './town.ts';
import type { Town, TownPlace, TownWorkspace } from './town.ts';

let town: Town;
let store: Store;
let bot: TestBot;
let targets: Map<TownPlace, Target>;
const matrix: Matrix = { cells: 0, leaks: [], refusals: [], tellTales: [] };

beforeAll(async () => {
  town = await buildTown();
  store = await openTestStore();
  await start({ userOnlyAccess: false, isolation: true });
  await speak(town);
  await bot.settled();
  targets = await targetsOf(town, bot.app);
  const unmapped = bot.app.workspaces.byChannel(named('ws-unmapped').channel.id)!;
  await bot.app.workspaces.unmap(unmapped);
});
afterAll(async () => {
  await bot.stop();
  await store.close();
  await town.discord.close();
  const { cells, leaks, refusals, tellTales } = matrix;
  process.stdout.write(
    `matrix: ${cells} cells, ${leaks.length} leaks, ${refusals.length} wrong refusals, ${tellTales.length} tell-tale answers\n`,
  );
});

async function start({
  userOnlyAccess,
  isolation,
}: Pick<Settings, 'userOnlyAccess' | 'isolation'>): Promise<void> {
  const privacy = { user_only_access: userOnlyAccess, workspace_isolation: isolation };
  bot = await startTestBot({
    discord: town.discord,
    bot: town.bot,
    db: store,
    config: {
      work_logs: { privacy },
      workspaces: town.workspaces.map(({ name, type, owners }) => ({
        match: name,
        type,
        ...(owners.length > 0 && { owners: owners as ['everyone'] }),
      })),
    },
  });
  // The limit is on what a bot asks for in a second, and here all is asked at once.
  const { rest } = bot.app.client;
  Object.assign(rest, { globalRemaining: Infinity });
  rest.options.globalRequestsPerSecond = Infinity;
  await deployed(bot);
  await bot.settled();
}

function named(name: string): TownWorkspace {
  return town.workspaces.find((one) => one.name === name)!;
}

/** All of it takes minutes: ACCESS_MATRIX=full. Otherwise each test asks another part. */
const IS_FULL = process.env['ACCESS_MATRIX'] === 'full';
const NTH = IS_FULL ? 1 : 9;
/** In ms. */
const PATIENCE = IS_FULL ? 600_000 : 120_000;

/** Asks everyone's questions, and returns what was wrong with the answers. */
async function compare(settings: Omit<Settings, 'part'>, k: number): Promise<Omit<Matrix, 'cells'>> {
  await bot.settled();
  await askAll(town, targets, { ...settings, part: { nth: NTH, k } }, matrix);
  return found();
}

function found(): Omit<Matrix, 'cells'> {
  const { cells: _, ...wrong } = matrix;
  return wrong;
}

const NOTHING = { leaks: [], refusals: [], tellTales: [] };
const OPEN = { userOnlyAccess: false, isolation: true };
const OWNERS = { userOnlyAccess: true, isolation: false };

test('everyone is answered what Discord shows them, and nothing else', { timeout: PATIENCE }, async () => {
  expect(await compare(OPEN, 0)).toEqual(NOTHING);
});

test('where only owners read, owners alone are answered', { timeout: PATIENCE }, async () => {
  await bot.stop();
  await start(OWNERS);
  expect(await compare(OWNERS, 1)).toEqual(NOTHING);
});

describe(
  'after roles, overwrites, threads, channels and time-outs have changed',
  { timeout: PATIENCE },
  () => {
    beforeAll(async () => {
      await bot.stop();
      await start(OPEN);
      const settings = { ...OPEN, part: { nth: 1, k: 0 } };
      const kept = await keepAnswers(town, targets, settings, matrix);
      changeEverything(town);
      await bot.settled();
      await pressKept(town, kept, settings, matrix);
    }, PATIENCE);

    test('a button of an old answer shows what is theirs now', () => {
      expect(found()).toEqual(NOTHING);
    });

    test('so does everything else', async () => {
      expect(await compare(OPEN, 2)).toEqual(NOTHING);
    });

    test('also in a bot that was just started, and where only owners read', async () => {
      await bot.stop();
      await start(OWNERS);
      expect(await compare(OWNERS, 3)).toEqual(NOTHING);
    });
  },
);
