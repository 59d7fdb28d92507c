import { ApplicationCommandType } from 'discord.js';
import type { MessageContextMenuCommandInteraction } from 'discord.js';
import type { App } from '../src/app.ts';
import { coverageOfLog } from '../src/coverage.ts';
import { askerOf } from '../src/discord/access.ts';
import type { Asker } from '../src/discord/access.ts';
import type { Command } from '../src/discord/command.ts';
import { noteAsker, takeFeedback } from '../src/discord/feedback.ts';
import { placeOf } from '../src/discord/place.ts';
import { Reader, REFUSAL } from '../src/discord/reader.ts';
import type { ReadableEntry } from '../src/discord/reader.ts';
import { respond } from '../src/discord/respond.ts';
import { UserError } from '../src/errors.ts';
import { explainThisView } from '../src/views/explain-this.ts';
import type { View } from '../src/views/limits.ts';

/** "Explain this" on a message: what it is in the work log, and what it belongs to. */
export const explainThis: Command<MessageContextMenuCommandInteraction> = {
  data: {
    type: ApplicationCommandType.Message,
    name: 'Explain this',
    contexts: [0],
    integration_types: [0],
  },

  async run(interaction, app) {
    const asker = askerOf(interaction);
    const reader = new Reader(app, asker);
    const place = await placeOf(interaction);
    if (!place) throw new UserError(REFUSAL);
    await reader.workspace(place.channelId);
    const found = await reader.entryOf(interaction.targetId);
    if (!found) throw new UserError(NOT_RECORDED);
    await respond(interaction, await explanation(app, asker, found));
    await noteAsker(app, asker);
  },

  component: { name: 'feedback', run: takeFeedback },
};

const NOT_RECORDED =
  'This message is not in the work log. Recorded is what people and bots write while the channel is a workspace and the bot is ' +
  'there; what came before is not, nor are notices of Discord and what the bot itself writes.';

const RADIUS = 2;
/** How many of the steps after it are looked at for answers to it. */
const ANSWERS_WITHIN = 200;

async function explanation(
  app: App,
  { userId }: Asker,
  { workspace, log, entry }: ReadableEntry,
): Promise<View> {
  const { entries, feedback } = app.store;
  const { sessionId, step } = entry;
  const [neighbours, answers, after, hasRated, coverage] = await Promise.all([
    entries.around(sessionId, step, RADIUS),
    entry.responseTo === null ? null : entries.byStep(sessionId, entry.responseTo),
    entries.page({ sessionId, afterStep: step }, 0, ANSWERS_WITHIN),
    feedback.hasRated(userId, sessionId),
    coverageOfLog(app.store, workspace, log, app.now()),
  ]);
  const answeredBy = after.entries.filter(({ responseTo }) => responseTo === step);
  const unfolds = app.config.workLogs.progressiveDisclosure;
  const offers = { unfolds, asksHelp: !hasRated };
  return explainThisView({
    workspace,
    log,
    entry,
    neighbours,
    answers,
    answeredBy,
    coverage,
    ...offers,
    now: app.now(),
  });
}
