import type { ChatInputCommandInteraction, MessageComponentInteraction } from 'discord.js';
import type { App } from '../app.ts';
import { UserError } from '../errors.ts';
import {
  eraseQuestion,
  erasedView,
  forgetQuestion,
  forgottenView,
  keptView,
  optedInText,
  optedOutText,
  privacyView,
} from '../views/privacy.ts';
import { shown } from '../views/text.ts';
import { namesOf } from './opt-outs.ts';
import { filesOf, namesKnownTo, pagesOfGuild, pagesOfPerson } from './privacy-files.ts';
import { respond, turn } from './respond.ts';

/** What people may ask of what is kept of them, whether or not they may read anything. */

type Asked = ChatInputCommandInteraction<'cached'>;
type Pressed = MessageComponentInteraction<'cached'>;

export async function showMine(interaction: Asked, app: App): Promise<void> {
  const { guildId, user } = interaction;
  const all = (await app.store.people.written(user.id)).flatMap((written) => {
    const workspace = app.workspaces.byId(written.workspaceId);
    return workspace ? [{ workspace, written }] : [];
  });
  const here = all.filter(({ workspace }) => workspace.guildId === guildId);
  const sum = (places: typeof all) => places.reduce((steps, { written }) => steps + written.steps, 0);
  await respond(
    interaction,
    privacyView({
      here: here.sort((a, b) => b.written.to - a.written.to),
      elsewhere: sum(all) - sum(here),
      feedback: await app.store.people.feedback(user.id),
      optedOut: app.optOuts.has(guildId, user.id),
      ownersOnly: app.config.workLogs.privacy.userOnlyAccess,
      retentionDays: app.config.retentionDays,
    }),
  );
}

export async function exportMine(interaction: Asked, app: App): Promise<void> {
  const { id } = interaction.user;
  const words = await app.store.people.ofInsights(id);
  const pages = pagesOfPerson(app, id);
  for await (const answer of filesOf(namesKnownTo(id, app), `my-messages-${id}`, pages, words))
    await respond(interaction, answer);
}

export async function askToForget(interaction: Asked, app: App): Promise<void> {
  const written = await app.store.people.written(interaction.user.id);
  const steps = written.reduce((sum, each) => sum + each.steps, 0);
  await respond(interaction, forgetQuestion(steps, app.config.backupDays));
}

export async function optOut(interaction: Asked, app: App): Promise<void> {
  const { guildId, user, member } = interaction;
  const names = namesOf(user, member.nickname);
  await app.optOuts.add({ guildId, userId: user.id, names }, app.now());
  await respond(interaction, { content: optedOutText() });
}

export async function optIn(interaction: Asked, app: App): Promise<void> {
  const { guildId, user } = interaction;
  const hadOptedOut = app.optOuts.has(guildId, user.id);
  if (hadOptedOut) await app.optOuts.remove({ guildId, userId: user.id });
  await respond(interaction, { content: optedInText(hadOptedOut) });
}

export async function exportGuild(interaction: Asked, app: App): Promise<void> {
  requireServerOwner(interaction);
  const { guildId } = interaction;
  const naming = async (workspaceId: number) => app.workspaces.byId(workspaceId) ?? null;
  for await (const answer of filesOf(naming, `server-${guildId}`, pagesOfGuild(app, guildId)))
    await respond(interaction, answer);
}

export async function askToErase(interaction: Asked): Promise<void> {
  requireServerOwner(interaction);
  await respond(interaction, eraseQuestion(shown(interaction.guild.name, 100), false));
}

/** A button of one of the questions. */
export async function pressPrivacy(interaction: Pressed, args: readonly string[], app: App): Promise<void> {
  switch (args.join(':')) {
    case 'forget':
      return forget(interaction, app);
    case 'keep':
      return turn(interaction, keptView());
    case 'erase:again':
      requireServerOwner(interaction);
      return turn(interaction, eraseQuestion(shown(interaction.guild.name, 100), true));
    case 'erase:now':
      requireServerOwner(interaction);
      return erase(interaction, app);
    default:
      throw new UserError('This button is from an older version. Type `/privacy` again.');
  }
}

async function forget(interaction: Pressed, app: App): Promise<void> {
  const { user, member } = interaction;
  const person = { userId: user.id, names: namesOf(user, member.nickname) };
  // What they wrote has its time from Discord, and the clock here may be behind.
  const askedAt = Math.max(app.now(), interaction.createdTimestamp);
  const steps = await app.store.erasure.forget(person, askedAt, app.knownUntil());
  const optedOut = app.optOuts.has(interaction.guildId, user.id);
  await turn(
    interaction,
    forgottenView({ steps, backupDays: app.config.backupDays, optedOut, now: app.now() }),
  );
}

async function erase(interaction: Pressed, app: App): Promise<void> {
  const { guildId } = interaction;
  for (const workspace of app.workspaces.ofGuild(guildId)) {
    if (workspace.unmappedAt === null) await app.workspaces.unmap(workspace);
  }
  // They are deleted with the rest; one that is in use ends now.
  for (const { id } of await app.tokens.list(guildId)) await app.tokens.revoke(id, guildId, app.now());
  const entries = await app.store.erasure.eraseGuild({ guildId, keep: true }, app.now());
  await turn(interaction, erasedView(entries));
}

function requireServerOwner({ guild, user }: Asked | Pressed): void {
  if (guild.ownerId !== user.id)
    throw new UserError('Only the owner of this server may ask for all that was recorded in it.');
}
