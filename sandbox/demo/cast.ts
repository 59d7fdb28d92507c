import { PermissionFlagsBits as P } from 'discord-api-types/v10';

import type { Bot, Guild, GuildChannel, HasId, Person, Sandbox } from '../sandbox.ts';

/** The server of the demo and all who are in it. */
export interface Cast {
  discord: Sandbox;
  guild: Guild;
  /** Who founded the server, and looks at it first. */
  owner: Person;
  /** By user name. */
  people: ReadonlyMap<string, Person>;
  /** By user name. */
  agents: ReadonlyMap<string, Bot>;
  /** The bot that this Discord was started for; whoever holds its token plays it. */
  guest: Bot;
  /** By name, without `#`. */
  channels: ReadonlyMap<string, GuildChannel>;
}

const PEOPLE = { ana: 'Ana', ben: 'Ben', outsider: 'Outsider' };
const TEAM = new Set(['ana', 'ben']);
const AGENTS = ['nanobot', 'researcher', 'coder', 'creative'];

interface Room {
  name: string;
  topic: string;
  /** Who may look in, by user name; `@team` is its role. Undefined: everybody. */
  invited?: string[];
}

const ROOMS: Room[] = [
  { name: 'general', topic: 'Everything and nothing' },
  { name: 'project-refactor', topic: 'A safe login', invited: ['@team', ...AGENTS] },
  { name: 'dm-researcher', topic: 'Ana and the researcher', invited: ['ana', 'researcher'] },
  { name: 'coordination-website', topic: 'A website over night', invited: ['@team', ...AGENTS] },
];

/** Founds the server: Ana, who owns it, a colleague, an outsider, four agents, and the bot that this Discord is for. */
export function assemble(discord: Sandbox, guestName: string): Cast {
  const people = new Map(
    Object.entries(PEOPLE).map(([username, displayName]) => [
      username,
      discord.createPerson({ username, displayName }),
    ]),
  );
  const agents = new Map(AGENTS.map((username) => [username, discord.createBot({ username })]));
  const guest = discord.createBot({ username: guestName });
  const owner = people.get('ana')!;
  const guild = discord.createGuild({ name: 'Agents at work', owner });
  const team = guild.createRole({ name: 'team', mentionable: true });
  for (const [name, person] of people) guild.add(person, { roles: TEAM.has(name) ? [team] : [] });
  for (const bot of [...agents.values(), guest]) guild.add(bot);
  const channels = new Map(
    ROOMS.map((room) => {
      const invited = room.invited?.map((name) =>
        name === '@team' ? team : (people.get(name) ?? agents.get(name)!),
      );
      return [room.name, openRoom(guild, room, invited && [...invited, guest])];
    }),
  );
  return { discord, guild, owner, people, agents, guest, channels };
}

function openRoom(guild: Guild, { name, topic }: Room, invited: HasId[] | undefined): GuildChannel {
  if (invited === undefined) return guild.createChannel({ name, topic });
  const overwrites = [
    { id: guild.everyone, deny: P.ViewChannel },
    ...invited.map((id) => ({ id, allow: P.ViewChannel })),
  ];
  return guild.createChannel({ name, topic, overwrites });
}
