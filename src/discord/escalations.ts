import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type {
  MessageComponentInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { App } from '../app.ts';
import type { Decision, Escalation, EscalationAction } from '../domain/escalation.ts';
import { snoozedUntil } from '../domain/snooze.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { escalationCard } from '../views/escalation-card.ts';
import { noteForm, OPTION, WORDS, wordsForm } from '../views/escalation-forms.ts';
import { optionOf, readEscalationPress } from '../views/escalation-ids.ts';
import type { EscalationPress } from '../views/escalation-ids.ts';
import { doneLine, tooLate } from '../views/escalation-words.ts';
import { askerOf } from './access.ts';
import { decidersOf, factsOf } from './escalation-facts.ts';
import { listOf } from './escalation-list.ts';
import { mayDecide } from './owners.ts';
import { personOf } from './person.ts';
import { openModal, respond, turn } from './respond.ts';

type Press = MessageComponentInteraction | ModalSubmitInteraction;
type Act = Exclude<EscalationPress, { kind: 'list' }>;

/** A button, a menu or a form of an escalation: done by those alone who may decide it at this moment. */
export async function pressEscalation(interaction: Press, args: string[], app: App): Promise<void> {
  const press = readEscalationPress(args, isSelection(interaction) ? interaction.values : []);
  if (!press) throw new UserError('This button is from an older version. `/escalations` lists what waits.');
  if (press.kind === 'list') {
    await turn(interaction, await listOf(app, askerOf(interaction), press.list));
    return;
  }
  const about = await decidable(interaction, press, app);
  const { escalation } = about;
  if (press.kind === 'open') await respond(interaction, await cardFor(app, about));
  else if (!interaction.isModalSubmit() && press.kind === 'words')
    await openModal(interaction, wordsForm(escalation, press.from));
  else if (!interaction.isModalSubmit() && press.kind === 'note')
    await openModal(interaction, noteForm(escalation, press.from));
  else await act(interaction, press, about, app);
}

interface About {
  escalation: Escalation;
  workspace: Workspace;
}

/** @throws UserError for whoever may not decide it; only who sees it in the channel is told that it exists */
async function decidable(interaction: Press, { id }: Act, app: App): Promise<About> {
  const escalation = await app.store.escalations.get(id);
  const workspace = escalation && app.workspaces.byId(escalation.workspaceId);
  if (escalation && workspace && (await mayDecide(app, askerOf(interaction), workspace, escalation)))
    return { escalation, workspace };
  if (!workspace || !isToldIn(interaction, escalation, workspace)) throw new UserError(NOT_YOURS);
  const { secondOwner } = workspace.settings;
  const guild = await app.client.guilds.fetch(workspace.guildId);
  const { owners } = await decidersOf(guild, workspace, secondOwner ? [secondOwner] : []);
  throw new UserError(`Only the owners of this workspace decide, as long as they may read it: ${owners}.`);
}

/** Whether what was pressed stands where the escalation is told to all. */
function isToldIn(
  { message, channelId }: Press,
  { card, threadId }: Escalation,
  { channelId: own, settings }: Workspace,
) {
  const places = [card?.channelId, threadId, own, settings.escalationChannelId];
  return message?.flags.has('Ephemeral') === false && channelId !== null && places.includes(channelId);
}

const NOT_YOURS = 'This does not wait for you any more. `/escalations` lists what does.';

async function act(
  interaction: Press,
  press: Act,
  { escalation, workspace }: About,
  app: App,
): Promise<void> {
  const action = await actionOf(interaction, press, { escalation, workspace }, app);
  const actor = { author: personOf(interaction, app), interactionId: interaction.id };
  const outcome = await app.store.escalations.act(escalation.id, action, actor, app.now());
  if (outcome === null) throw new UserError(NOT_YOURS);
  const after = { escalation: outcome.escalation, workspace };
  if (outcome.kind === 'refused') {
    const events = await app.store.escalations.events(escalation.id);
    await say(interaction, tooLate(outcome.escalation, events));
  } else await show(interaction, press, after, app);
}

/** What the press asks for. @throws UserError when it makes no sense (any more) */
async function actionOf(
  interaction: Press,
  press: Act,
  { escalation, workspace }: About,
  app: App,
): Promise<EscalationAction> {
  switch (press.kind) {
    case 'acknowledge':
      return { kind: 'acknowledge' };
    case 'snooze':
      return {
        kind: 'snooze',
        until: snoozedUntil(press.how, app.now(), app.timezones.of(workspace.guildId)),
      };
    case 'dismiss':
      return { kind: 'cancel', reason: 'no answer is needed' };
    case 'reopen':
      return { kind: 'reopen', reason: 'asked again by an owner' };
    case 'decide':
      return decide({ option: chosen(press.option, escalation), note: null });
    default:
      return decide(await decisionIn(interaction, press.kind, { escalation, workspace }, app));
  }
}

function decide(decision: Decision): EscalationAction {
  return { kind: 'decide', decision };
}

/** What a form says, masked before it is stored. */
async function decisionIn(
  interaction: Press,
  kind: Act['kind'],
  { escalation, workspace }: About,
  app: App,
): Promise<Decision> {
  if (!interaction.isModalSubmit()) throw new UserError('Press the button again, and fill in the form.');
  app.optOuts.requireIn(interaction);
  const { text: note } = await app.mask(interaction.fields.getTextInputValue(WORDS).trim(), workspace);
  if (note === '') throw new UserError('Say in a few words what should be done.');
  if (kind !== 'note') return { option: null, note };
  const [token = ''] = interaction.fields.getStringSelectValues(OPTION);
  return { option: chosen(token, escalation), note };
}

function chosen(token: string, { options }: Escalation): string {
  const option = optionOf(token, options);
  if (option === undefined)
    throw new UserError('The options have changed in the meantime: look at them again, and choose anew.');
  return option;
}

/** Shows how it stands now, in the place where it was pressed. */
async function show(interaction: Press, { kind, from }: Act, about: About, app: App): Promise<void> {
  const done = doneLine(kind, about.escalation);
  if (from === 'reminder') await say(interaction, done);
  else if (from === 'card') await turnOrSay(interaction, await cardFor(app, about, interaction), done);
  else await turnOrSay(interaction, await listOf(app, askerOf(interaction), from, done), done);
}

/** What was pressed may have been deleted meanwhile; what was done is done. */
async function turnOrSay(interaction: Press, shown: ReturnType<typeof escalationCard>, done: string) {
  try {
    await turn(interaction, shown);
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== RESTJSONErrorCodes.UnknownMessage) throw error;
    await say(interaction, done);
  }
}

/** The card in its channel, or for one person alone. */
async function cardFor(app: App, { escalation, workspace }: About, pressed?: Press) {
  const isCard = pressed?.message?.id === escalation.card?.messageId;
  const shownIn = isCard && escalation.card ? { channelId: escalation.card.channelId, note: null } : null;
  return escalationCard(await factsOf(app, escalation, workspace, shownIn));
}

function say(interaction: Press, content: string): Promise<void> {
  return respond(interaction, { content, allowedMentions: { parse: [] } });
}

function isSelection(interaction: Press): interaction is StringSelectMenuInteraction {
  return interaction.isMessageComponent() && interaction.isStringSelectMenu();
}
