import { PermissionFlagsBits as P } from 'discord.js';
import type {
  Bot,
  Guild,
  GuildChannel,
  HasId,
  Person,
  Role,
  Sandbox,
  ThreadHandle,
  WebhookHandle,
} from '../../sandbox/sandbox.ts';
import { WORKSPACE_TYPES } from '../../src/domain/workspace.ts';
import type { WorkspaceType } from '../../src/domain/workspace.ts';
import { startTestSandbox } from '../support/sandbox.ts';

/** A server in which every way of letting somebody see a channel, or not, is in use. */
export interface Town {
  discord: Sandbox;
  guild: Guild;
  bot: Bot;
  people: Record<PersonName, Person>;
  roles: Record<RoleName, Role>;
  /** Which everyone sees, and which is not recorded. */
  lobby: GuildChannel;
  closedCategory: GuildChannel;
  workspaces: TownWorkspace[];
  places: TownPlace[];
}

export interface TownWorkspace {
  name: string;
  channel: GuildChannel;
  type: WorkspaceType;
  /** As the config file says. */
  owners: string[];
  /** It is recorded no longer. */
  unmapped: boolean;
  /** It is in another server, in which everyone is as well. */
  foreign: boolean;
}

/** Where something was said that holds a word which is nowhere else. */
export interface TownPlace {
  workspace: TownWorkspace;
  room: 'channel' | 'public' | 'private';
  at: HasId;
  thread: ThreadHandle | null;
  marker: string;
  /** What opened the session. */
  messageId: string;
}

const PEOPLE = [
  'owner',
  'admin',
  'manager',
  'reader',
  'banned',
  'both',
  'named',
  'barred',
  'moderator',
  'silenced',
  'insider',
  'guest',
] as const;
export type PersonName = (typeof PEOPLE)[number];
export type RoleName = 'admins' | 'managers' | 'readers' | 'banned' | 'moderators';

const ROLES: Record<RoleName, bigint> = {
  admins: P.Administrator,
  managers: P.ManageGuild,
  readers: 0n,
  banned: 0n,
  moderators: P.ManageThreads,
};
const ROLES_OF: Partial<Record<PersonName, RoleName[]>> = {
  admin: ['admins'],
  manager: ['managers'],
  reader: ['readers'],
  banned: ['banned'],
  both: ['readers', 'banned'],
  barred: ['readers'],
  moderator: ['moderators'],
  silenced: ['moderators', 'readers'],
};

/** The people, roles and channels; nothing is said yet. */
export async function buildTown(): Promise<Town> {
  const discord = await startTestSandbox();
  const people = Object.fromEntries(
    PEOPLE.map((username) => [username, discord.createPerson({ username })]),
  ) as Town['people'];
  const guild = discord.createGuild({ name: 'Town', owner: people.owner });
  const bot = discord.createBot({ username: 'Work Logs' });
  const roles = Object.fromEntries(
    Object.entries(ROLES).map(([name, permissions]) => [name, guild.createRole({ name, permissions })]),
  ) as Town['roles'];
  for (const name of PEOPLE)
    guild.add(people[name], { roles: (ROLES_OF[name] ?? []).map((one) => roles[one]) });
  guild.add(bot);
  guild.timeOut(people.silenced, Date.now() + 3_600_000);
  const lobby = guild.createChannel({ name: 'lobby' });
  const closedCategory = guild.createChannel({
    name: 'closed',
    type: 'category',
    overwrites: [
      { id: guild.everyone, deny: P.ViewChannel },
      { id: roles.readers, allow: P.ViewChannel },
      { id: bot, allow: P.ViewChannel },
    ],
  });
  const town = { discord, guild, bot, people, roles, lobby, closedCategory };
  const workspaces = [...channelsOf(town), elsewhere(town)].map((workspace, index) => {
    return { ...workspace, type: WORKSPACE_TYPES[index % WORKSPACE_TYPES.length]! };
  });
  return { ...town, workspaces, places: [] };
}

type Ground = Omit<Town, 'workspaces' | 'places'>;

function channelsOf({ guild, bot, people, roles, closedCategory }: Ground): Omit<TownWorkspace, 'type'>[] {
  const everyone = guild.everyone;
  const seen = { id: bot, allow: P.ViewChannel | P.ReadMessageHistory };
  const hidden = [seen, { id: everyone, deny: P.ViewChannel }];
  const channel = (
    name: string,
    overwrites: Parameters<GuildChannel['setOverwrites']>[0] | undefined,
    owners: string[] = ['everyone'],
    parent?: HasId,
  ) => ({
    name,
    channel: guild.createChannel({ name, ...(overwrites && { overwrites }), ...(parent && { parent }) }),
    owners,
    unmapped: name === 'ws-unmapped',
    foreign: false,
  });
  return [
    channel('ws-open', []),
    channel(
      'ws-readers',
      [...hidden, { id: roles.readers, allow: P.ViewChannel }, { id: people.barred, deny: P.ViewChannel }],
      [`role:${roles.readers.id}`],
    ),
    channel(
      'ws-named',
      [...hidden, { id: people.named, allow: P.ViewChannel }, { id: people.insider, allow: P.ViewChannel }],
      [`user:${people.named.id}`],
    ),
    channel('ws-banned', [seen, { id: roles.banned, deny: P.ViewChannel }], [`role:${roles.banned.id}`]),
    channel('ws-both', [
      ...hidden,
      { id: roles.banned, deny: P.ViewChannel },
      { id: roles.readers, allow: P.ViewChannel },
    ]),
    channel(
      'ws-past',
      [
        seen,
        { id: everyone, deny: P.ReadMessageHistory },
        { id: roles.readers, allow: P.ReadMessageHistory },
      ],
      [],
    ),
    channel(
      'ws-moderators',
      [...hidden, { id: roles.moderators, allow: P.ViewChannel }],
      [`role:${roles.moderators.id}`],
    ),
    channel('ws-synced', undefined, ['everyone'], closedCategory),
    channel('ws-unmapped', []),
  ];
}

function elsewhere({ discord, bot, people }: Ground): Omit<TownWorkspace, 'type'> {
  const guild = discord.createGuild({ name: 'Elsewhere', owner: people.owner });
  for (const person of [bot, ...Object.values(people)]) guild.add(person);
  const channel = guild.createChannel({ name: 'ws-elsewhere' });
  return { name: 'ws-elsewhere', channel, owners: ['everyone'], unmapped: false, foreign: true };
}

/** In each channel, a public and a private thread of it: a question by the owner, a failure of an agent, a decision to be made, and what was learned. */
export async function speak(town: Town): Promise<void> {
  const { insider, banned, reader } = town.people;
  const invited = [town.bot, insider, banned, reader];
  for (const [index, workspace] of town.workspaces.entries()) {
    const { channel } = workspace;
    const webhook = channel.createWebhook({ name: 'agents' });
    const start = (room: 'public' | 'private') =>
      town.people.owner.in(channel).startThread({
        name: `thread ${index}`,
        private: room === 'private',
        ...(room === 'private' && { invite: invited.filter((one) => one.canView(channel)) }),
      });
    for (const [room, thread] of [
      ['channel', null],
      ['public', start('public')],
      ['private', start('private')],
    ] as const) {
      const at = thread ?? channel;
      const marker = `qz${letters(town.places.length)}xj`;
      const messageId = say(town, webhook, at, thread, marker);
      town.places.push({ workspace, room, at, thread, marker, messageId });
    }
  }
}

function say(
  { people }: Town,
  webhook: WebhookHandle,
  at: HasId,
  thread: HasId | null,
  marker: string,
): string {
  const { id } = people.owner.in(at).send(`Look at ${marker}`);
  const decision = { type: 'escalation', reason: `May ${marker} go on?`, options: ['Yes', 'No'] };
  const insight = {
    type: 'insight',
    message: `Bots of ${marker} are kind`,
    insight_category: 'user_preference',
    confidence: 0.95,
    share: 'now',
  };
  const block = (fields: object) => `\`\`\`worklog\n${JSON.stringify(fields)}\n\`\`\``;
  for (const content of [`Failed: ${marker} is broken.`, block(decision), block(insight)])
    webhook.send({ content, username: `agent ${marker}`, ...(thread && { thread }) });
  return id;
}

/** Letters alone, so that the word stays one word wherever it is shown. */
function letters(n: number): string {
  return [Math.trunc(n / 26), n % 26].map((digit) => String.fromCharCode(97 + digit)).join('');
}

/** Everything that decides who sees what changes at once. */
export function changeEverything({ guild, people, roles, workspaces, places, closedCategory }: Town): void {
  const channelNamed = (name: string) => workspaces.find((one) => one.name === name)!.channel;
  const threadsOf = (name: string) =>
    places.filter(({ workspace }) => workspace.name === name).flatMap(({ thread }) => thread ?? []);
  guild.setRoles(people.reader, []);
  guild.setRoles(people.admin, [roles.readers]);
  guild.setRoles(people.guest, [roles.moderators]);
  guild.timeOut(people.moderator, Date.now() + 3_600_000);
  guild.timeOut(people.silenced, null);
  guild.deleteRole(roles.banned);
  channelNamed('ws-open').moveTo(closedCategory);
  channelNamed('ws-named').setOverwrites([{ id: guild.everyone, deny: P.ViewChannel }]);
  channelNamed('ws-moderators').delete();
  for (const thread of threadsOf('ws-past')) thread.archive({ locked: true });
  for (const thread of threadsOf('ws-unmapped')) thread.archive();
  const [, privateThread] = threadsOf('ws-banned');
  people.insider.in(privateThread!).leave();
  privateThread!.invite(people.guest);
}
