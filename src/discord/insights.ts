import type {
  BaseInteraction,
  ChatInputCommandInteraction,
  MessageComponentInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { App } from '../app.ts';
import { tidied } from '../domain/insight-content.ts';
import { narrow } from '../domain/insight-scope.ts';
import type { Insight, InsightAction } from '../domain/insight.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { optionOf } from '../views/escalation-ids.ts';
import { WORKSPACE_ONLY } from '../views/insight-card.ts';
import { CONTENT, editForm, REVOKE_REASON, revokeForm } from '../views/insight-forms.ts';
import { readInsightPress, stampOf } from '../views/insight-ids.ts';
import type { InsightPress, InsightVerb } from '../views/insight-ids.ts';
import { insightDone, insightState } from '../views/insight-words.ts';
import { askerOf } from './access.ts';
import type { Asker } from './access.ts';
import { decidableInsight } from './insight-decidable.ts';
import { pressFlood } from './insight-flood.ts';
import { followersOf } from './insight-followers.ts';
import { botsAround, recipientsOf } from './insight-recipients.ts';
import { listOfInsights, NO_INSIGHT, oneInsight, reviewOf } from './insight-review.ts';
import { personOf } from './person.ts';
import { openModal, respond, turn } from './respond.ts';

type Press = MessageComponentInteraction | ModalSubmitInteraction;
type Act = Extract<InsightPress, { kind: InsightVerb }>;

/** A button, a menu or a form of insights: done by those alone who decide at this moment. */
export async function pressInsight(interaction: Press, args: string[], app: App): Promise<void> {
  const press = readInsightPress(args);
  const asker = askerOf(interaction);
  if (!press)
    throw new UserError('This button is from an older version. `/insights review` shows what waits.');
  if (press.kind === 'list') await turn(interaction, await listOfInsights(app, asker, press.list));
  else if (press.kind === 'open') await respond(interaction, await oneInsight(app, asker, press.id));
  else if (press.kind === 'all') await pressFlood(interaction, press, asker, app);
  else if (press.kind === 'review') {
    const isCard = interaction.message?.flags.has('Ephemeral') === false;
    const view = await reviewOf(app, asker, press.review);
    // What all see in the channel stays as it is: the review is for this person alone.
    await (isCard ? respond(interaction, view) : turn(interaction, view));
  } else await decide(interaction, press, asker, app);
}

async function decide(interaction: Press, press: Act, asker: Asker, app: App): Promise<void> {
  const { insight, workspace } = await decidableInsight(app, asker, press.id);
  const { kind, from, stamp } = press;
  if (stamp !== stampOf(insight)) {
    await showAgain(
      interaction,
      press,
      asker,
      app,
      `It has changed in the meantime: ${insightState(insight)}. Look at it again.`,
    );
    return;
  }
  if (!interaction.isModalSubmit() && kind === 'edit') return openModal(interaction, editForm(insight, from));
  if (!interaction.isModalSubmit() && kind === 'revoke')
    return openModal(interaction, revokeForm(insight, from));
  const action = await actionOf(interaction, press, insight, workspace, app);
  const after = await act(interaction, insight.id, action, app);
  if (kind === 'revoke') await respond(interaction, await followersOf(app, asker, after));
  else await showAgain(interaction, press, asker, app, insightDone(kind, after));
}

/** Does what a person asks for. @throws UserError that says how it stands, when somebody was first */
export async function act(
  interaction: Press | ChatInputCommandInteraction,
  id: number,
  action: InsightAction,
  app: App,
): Promise<Insight> {
  const actor = { author: personOf(interaction, app), interactionId: interaction.id };
  const outcome = await app.store.insights.act(id, action, actor, app.now());
  if (outcome === null) throw new UserError(NO_INSIGHT);
  if (outcome.kind === 'refused')
    throw new UserError(
      `Nothing of yours was done: insight #${id} is as it was: ${insightState(outcome.insight)}.`,
    );
  return outcome.insight;
}

/** What the press asks for. @throws UserError when it makes no sense (any more) */
async function actionOf(
  interaction: Press,
  { kind }: Act,
  insight: Insight,
  workspace: Workspace,
  app: App,
): Promise<InsightAction> {
  if (kind === 'narrow') return { kind, scope: await narrowed(interaction, insight, workspace, app) };
  if (kind === 'edit') return { kind: 'approve', content: await wordsIn(interaction, workspace, app) };
  if (kind === 'revoke') return { kind, reason: await reasonIn(interaction, workspace, app) };
  return { kind };
}

async function narrowed(interaction: Press, insight: Insight, workspace: Workspace, app: App) {
  const values = isSelection(interaction) ? interaction.values : [];
  const recipients = await recipientsOf(
    app,
    insight,
    workspace,
    await botsAround(app, workspace, { now: false }),
  );
  const bots = recipients.map(({ bot }) => bot);
  const keys = bots.map(({ key }) => key);
  const chosen = values.filter((value) => value !== WORKSPACE_ONLY).map((value) => optionOf(value, keys));
  if (values.length === 0 || chosen.includes(undefined))
    throw new UserError('Who would get it has changed in the meantime: look at it again, and choose anew.');
  return narrow(insight.scope, {
    ...(values.includes(WORKSPACE_ONLY) && { within: 'workspace' as const }),
    bots: chosen.length === 0 ? null : bots.filter(({ key }) => chosen.includes(key)),
  });
}

/** What a form says, masked before it is stored. */
async function wordsIn(interaction: Press, workspace: Workspace, app: App): Promise<string> {
  if (!interaction.isModalSubmit()) throw new UserError('Press the button again, and fill in the form.');
  app.optOuts.requireIn(interaction);
  const { text } = await app.mask(interaction.fields.getTextInputValue(CONTENT), workspace);
  const content = tidied(text);
  if (content === '') throw new UserError('Say in a sentence what others should know.');
  return content;
}

async function reasonIn(interaction: Press, workspace: Workspace, app: App): Promise<string | null> {
  if (!interaction.isModalSubmit()) return null;
  return revokeReason(interaction, interaction.fields.getTextInputValue(REVOKE_REASON), workspace, app);
}

/** Why somebody takes an insight back, as it may be stored. @throws UserError when nothing of theirs may */
export async function revokeReason(
  interaction: BaseInteraction,
  said: string | null,
  workspace: Workspace,
  app: App,
): Promise<string | null> {
  const { text: reason } = await app.mask(said?.trim() ?? '', workspace);
  if (reason === '') return null;
  app.optOuts.requireIn(interaction);
  return reason;
}

/** How it stands now, in the place where it was pressed. */
async function showAgain(
  interaction: Press,
  { id, from }: Act,
  asker: Asker,
  app: App,
  done: string,
): Promise<void> {
  const view =
    from === 'one' ? await oneInsight(app, asker, id, done) : await reviewOf(app, asker, from, done);
  await turn(interaction, view);
}

function isSelection(interaction: Press): interaction is StringSelectMenuInteraction {
  return interaction.isMessageComponent() && interaction.isStringSelectMenu();
}
