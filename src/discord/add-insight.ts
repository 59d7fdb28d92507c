import type { BaseInteraction } from 'discord.js';
import type { App } from '../app.ts';
import type { Entry } from '../domain/entry.ts';
import { tidied } from '../domain/insight-content.ts';
import type { Insight } from '../domain/insight.ts';
import { UserError } from '../errors.ts';
import { personOf } from './person.ts';
import type { RaisingPlace } from './raise.ts';

/** @throws UserError where the configuration has switched the exchange off */
export function requireExchange({ config }: Pick<App, 'config'>): void {
  if (!config.insights.enabled)
    throw new UserError(
      'Nothing is shared here: `work_logs.learning_exchange.enabled` is false in the config file.',
    );
}

/**
 * Writes down what others should learn, in a person's name. `about`: the step that it was learned from.
 *
 * @throws UserError that says why it cannot be
 */
export async function addInsight(
  interaction: BaseInteraction,
  { workspace, threadId, privateThread }: RaisingPlace,
  wanted: { content: string; category: string },
  about: Entry | null,
  app: App,
): Promise<Insight> {
  requireExchange(app);
  app.optOuts.requireIn(interaction);
  const { text, masked } = await app.mask(wanted.content, workspace);
  const { text: category } = await app.mask(wanted.category.trim(), workspace);
  if (tidied(text) === '' || category === '')
    throw new UserError('Say in a sentence what others should know.');
  const step = about && { sessionId: about.sessionId, step: about.step };
  const place = { workspaceId: workspace.id, threadId, privateThread, interactionId: interaction.id };
  const by = personOf(interaction, app);
  const added = await app.store.insights.add(
    { ...place, about: step, by, category, content: text, masked },
    app.now(),
  );
  if (added) return added;
  const known = about && (await app.store.insights.ofStep(about.sessionId, about.step));
  throw new UserError(
    known
      ? `It is an insight already: #${known.id}. \`/insights show\` tells how it stands.`
      : 'It is written down already.',
  );
}

/** What a person is told who added one. */
export function addedLine({ id, count, state }: Insight): string {
  if (count > 1) return `💡 The same is known as #${id} already: it was learned ${count} times now.`;
  return state === 'pending'
    ? `💡 Written down as #${id}. Others get it once an owner of this workspace approves it: \`/insights review\`.`
    : `💡 Written down as #${id}.`;
}
