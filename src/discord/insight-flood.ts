import type { MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import type { App } from '../app.ts';
import { UserError } from '../errors.ts';
import { floodQuestion } from '../views/insight-flood.ts';
import type { InsightPress } from '../views/insight-ids.ts';
import { ICONS } from '../views/icons.ts';
import { shownName } from '../views/text.ts';
import type { Asker } from './access.ts';
import { decidableInsight } from './insight-decidable.ts';
import { reviewOf } from './insight-review.ts';
import { personOf } from './person.ts';
import { turn } from './respond.ts';

/** Asks an owner about all that wait of a bot, or rejects them. @throws UserError for whoever does not decide */
export async function pressFlood(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  { id, upTo, review }: Extract<InsightPress, { kind: 'all' }>,
  asker: Asker,
  app: App,
): Promise<void> {
  const { insight, workspace } = await decidableInsight(app, asker, id);
  const { insights } = app.store;
  const waiting = await insights.alike(insight.id);
  if (waiting.count === 0)
    throw new UserError('None of them waits any more. `/insights review` shows what does.');
  if (upTo === null) return turn(interaction, floodQuestion({ insight, workspace, ...waiting }, review));
  const by = personOf(interaction, app);
  let rejected = 0;
  for (let more = 1; more > 0; rejected += more)
    more = await insights.rejectAlike(insight.id, { by, upTo }, app.now());
  const done = `${ICONS.error} ${rejected} of **${shownName(insight.by.name, 40)}** are rejected: nobody gets them.`;
  return turn(interaction, await reviewOf(app, asker, review, done));
}
