import type { APIMessage } from 'discord.js';
import { openInteraction } from '../../sandbox/interactions.ts';
import { messageSeen } from '../../sandbox/people/components.ts';
import { runOf } from '../../sandbox/people/run.ts';
import type { HasId, Person } from '../../sandbox/sandbox.ts';
import { channelOf } from '../../sandbox/world.ts';
import type { App } from '../../src/app.ts';
import { createSpeaking } from '../../src/discord/speaking.ts';
import type { Escalation } from '../../src/domain/escalation.ts';
import { idOf, wordsOf } from '../commands/support.ts';
import type { Running } from '../commands/support.ts';

/** What an agent posts to ask for a decision. */
export function asking(fields: Record<string, unknown> = {}): string {
  const block = {
    type: 'escalation',
    reason: 'Special characters or passphrases?',
    options: ['Special characters', 'Passphrases'],
    ...fields,
  };
  return `\`\`\`worklog\n${JSON.stringify(block)}\n\`\`\``;
}

/** Resolves when all that happened is recorded, and all that the bot has to say of it, at that time, is said. */
export async function said(team: Pick<Running, 'running'>, at?: number): Promise<void> {
  await team.running.settled();
  const app = { ...team.running.app, ...(at !== undefined && { now: () => at }) };
  const { store, now } = app;
  const outbox = createSpeaking(app);
  for (let left = 1; left > 0; left = (await store.outbox.due(now(), 1)).length) await outbox.sendDue();
}

/** What the bot has posted in a channel or thread, oldest first, without its notice of the mapping. */
export function posted(team: Running, place: { messages(): APIMessage[] } = team.channel): APIMessage[] {
  return place
    .messages()
    .filter(({ author, content }) => author.id === team.bot.id && !content.includes('Work Logs records'));
}

/** The only card in a channel or thread. */
export function cardIn(team: Running, place: { messages(): APIMessage[] } = team.channel): APIMessage {
  const cards = posted(team, place).filter((message) =>
    /^(?:🚨|✅|🟢) \*\*.* (?:ask|need)/m.test(wordsOf(message)),
  );
  if (cards.length !== 1) throw new Error(`There are ${cards.length} cards`);
  return cards[0]!;
}

/** Presses a button, and returns what the person got for it: words, or the message as it is now. */
export async function press(
  team: Running,
  person: Person,
  message: APIMessage,
  label: string,
  place: HasId = team.channel,
): Promise<string> {
  const run = await person.in(place).click(message, idOf(message, label));
  return wordsOf(await run.reply());
}

/** Every escalation that waits, the oldest first. */
export async function waiting({ store, workspaces }: App, team: Running): Promise<Escalation[]> {
  const workspaceIds = workspaces.ofGuild(team.guild.id).map(({ id }) => id);
  return (await store.escalations.waiting({ workspaceIds, offset: 0, limit: 1000 })).escalations;
}

/** The one escalation that there is, as it stands. */
export async function only(team: Running): Promise<Escalation> {
  const found = await team.running.app.store.escalations.get(1);
  if (!found) throw new Error('There is no escalation');
  return found;
}

/** Presses what is not there any more, as a client does that has not heard of the change yet. */
export async function pressStale(
  team: Running,
  person: Person,
  { id }: HasId,
  customId: string,
): Promise<string> {
  const { core } = person.in(team.channel);
  const channel = channelOf(core.world, team.channel.id);
  const message = messageSeen({ core, channel, userId: person.id }, id);
  const interaction = openInteraction(core, {
    type: 3,
    applicationId: team.bot.id,
    userId: person.id,
    channelId: team.channel.id,
    data: { component_type: 2, custom_id: customId, id: 1 },
    message,
  });
  return wordsOf(await (await runOf(core, interaction)).reply());
}
