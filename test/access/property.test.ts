import { PermissionFlagsBits as P, REST } from 'discord.js';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restSeats } from '../../src/discord/rest-seats.ts';
import type { GuildChannel, HasId, Role, ThreadHandle } from '../../sandbox/sandbox.ts';
import type { Workspace } from '../../src/domain/workspace.ts';
import { createTeam, startTestBot } from '../support/bot.ts';
import type { Team, TestBot } from '../support/bot.ts';

const COUNTING = [P.Administrator, P.ViewChannel, P.ReadMessageHistory, P.ManageThreads, P.SendMessages];
const READING = P.ViewChannel | P.ReadMessageHistory;
const RUNS = Number(process.env['ACCESS_RUNS'] ?? 400);

let team: Team;
let bot: TestBot;
let roles: Role[];
let category: GuildChannel;
let thread: ThreadHandle;
let workspace: Workspace;
let changes = 0;

beforeAll(async () => {
  team = await createTeam('project-site');
  const owners = ['everyone' as const];
  bot = await startTestBot({
    discord: team.discord,
    bot: team.bot,
    config: {
      work_logs: { privacy: { user_only_access: false } },
      workspaces: [{ match: 'project-*', type: 'project', owners }],
    },
  });
  roles = ['a', 'b', 'c'].map((name) => team.guild.createRole({ name }));
  category = team.guild.createChannel({ name: 'category', type: 'category' });
  thread = team.ana.in(team.channel).startThread({ name: 'secret', private: true });
  // The limit is on what a bot asks for in a second, and here it asks as fast as it can.
  const { rest } = bot.app.client;
  Object.assign(rest, { globalRemaining: Infinity });
  rest.options.globalRequestsPerSecond = Infinity;
  await bot.settled();
  workspace = bot.app.workspaces.byChannel(team.channel.id)!;
});
afterAll(async () => {
  await bot.stop();
  await team.discord.close();
});

const bits = fc.subarray(COUNTING).map((all) => all.reduce((sum, bit) => sum | bit, 0n));
const overwrite = fc.record({ allow: bits, deny: bits });
const circumstances = fc.record({
  everyone: bits,
  roles: fc.array(bits, { minLength: 3, maxLength: 3 }),
  held: fc.subarray([0, 1, 2]),
  /** Of @everyone, the three roles, the person; each may have none. */
  overwrites: fc.array(fc.option(overwrite), { minLength: 5, maxLength: 5 }),
  moved: fc.boolean(),
  timedOut: fc.boolean(),
  invited: fc.boolean(),
});

type Circumstances = typeof circumstances extends fc.Arbitrary<infer T> ? T : never;

/** Makes it so in Discord. The bot itself always sees the channel and the thread. */
function bringAbout({
  everyone,
  roles: permissions,
  held,
  overwrites,
  moved,
  timedOut,
  invited,
}: Circumstances): void {
  const { guild, channel, ben } = team;
  guild.changeRole(guild.everyone, { permissions: everyone });
  for (const [index, role] of roles.entries()) guild.changeRole(role, { permissions: permissions[index]! });
  guild.setRoles(
    ben,
    held.map((index) => roles[index]!),
  );
  const subjects: HasId[] = [guild.everyone, ...roles, ben];
  const said = overwrites.flatMap((one, index) => (one ? [{ id: subjects[index]!, ...one }] : []));
  const all = [...said, { id: team.bot, allow: READING | P.ManageThreads }];
  if (moved) {
    category.setOverwrites(all);
    channel.moveTo(category);
  } else channel.setOverwrites(all);
  guild.timeOut(ben, timedOut ? Date.now() + 3_600_000 : null);
  const { members } = team.discord.core.world.channels.get(thread.id)!.thread!;
  if (!invited && members.has(ben.id)) members.delete(ben.id);
  if (invited && !members.has(ben.id)) thread.invite(ben);
  team.discord.core.world.accessVersion += 1;
}

/** Resolves when the bot was told of all that happened: what happens last is told last. */
async function heard(): Promise<void> {
  const name = `Team ${changes++}`;
  team.guild.rename(name);
  while (bot.app.client.guilds.cache.get(team.guild.id)?.name !== name)
    await new Promise((resolve) => setImmediate(resolve));
}

test('whoever may read is who sees it in Discord, for any roles, overwrites, time-outs and invitations', async () => {
  const { access } = bot.app;
  const asker = { guildId: team.guild.id, userId: team.ben.id };
  const answers = { reads: 0, refusals: 0 };
  await fc.assert(
    fc.asyncProperty(circumstances, async (given) => {
      bringAbout(given);
      await heard();
      const sees = (place: HasId) => (team.ben.permissionsIn(place) & READING) === READING;
      const inChannel = await access.mayRead(asker, workspace);
      expect(inChannel).toBe(sees(team.channel));
      expect(await access.mayReadThread(asker, workspace, thread.id)).toBe(sees(thread));
      expect((await access.readable(asker)).length).toBe(inChannel ? 1 : 0);
      expect(await access.sees(asker, team.channel.id)).toBe(team.ben.canView(team.channel));
      answers[inChannel ? 'reads' : 'refusals'] += 1;
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(answers.reads, answers.refusals)).toBeGreaterThan(RUNS / 20);
});

test('REST alone comes to the same', async () => {
  const rest = new REST({ api: team.discord.api, globalRequestsPerSecond: Infinity }).setToken(
    team.bot.token,
  );
  const asker = { guildId: team.guild.id, userId: team.ben.id };
  await fc.assert(
    fc.asyncProperty(circumstances, async (given) => {
      bringAbout(given);
      const seat = await restSeats(rest, Date.now()).seat(asker);
      const may = seat?.permissionsIn(team.channel.id) ?? 0n;
      const theirs = team.ben.permissionsIn(team.channel);
      for (const bit of [P.ViewChannel, P.ReadMessageHistory, P.ManageThreads])
        expect([bit, (may & bit) !== 0n]).toEqual([bit, (theirs & bit) !== 0n]);
    }),
    { numRuns: RUNS / 4 },
  );
});
