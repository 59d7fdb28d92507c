import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { BaseInteraction } from 'discord.js';
import type { App } from '../app.ts';
import type { Entry } from '../domain/entry.ts';
import type { Escalation } from '../domain/escalation.ts';
import { faultOf, raisingDraft } from '../domain/raising.ts';
import type { Wanted } from '../domain/raising.ts';
import type { Workspace } from '../domain/workspace.ts';
import { UserError } from '../errors.ts';
import { personOf } from './person.ts';
import { placeOf } from './place.ts';

/** Where something can be escalated: a recorded workspace, or a thread of it. */
export interface RaisingPlace {
  workspace: Workspace;
  threadId: string | null;
  privateThread: boolean;
}

/**
 * The place that an interaction comes from: whoever sees it may ask for a decision there.
 *
 * @throws UserError where nothing is recorded, or the person cannot see the channel any more
 */
export async function raisingPlace(interaction: BaseInteraction, app: App): Promise<RaisingPlace> {
  const typedIn = await placeOf(interaction);
  const workspace = typedIn && app.workspaces.byChannel(typedIn.channelId);
  const sees = interaction.memberPermissions?.has(PermissionFlagsBits.ViewChannel) ?? false;
  if (!typedIn || !workspace || workspace.unmappedAt !== null || !sees) throw new UserError(NO_WORKSPACE);
  const privateThread = interaction.channel?.type === ChannelType.PrivateThread;
  return { workspace, threadId: typedIn.threadId, privateThread };
}

export interface StepHere {
  place: RaisingPlace;
  entry: Entry;
}

/**
 * The step that a message is, in the place where a person sees it; null when it is none, or when they may not read what was said there
 * before they came.
 *
 * @throws UserError as {@link raisingPlace}
 */
export async function stepHere(
  interaction: BaseInteraction,
  messageId: string,
  app: App,
): Promise<StepHere | null> {
  const place = await raisingPlace(interaction, app);
  if (!interaction.memberPermissions?.has(PermissionFlagsBits.ReadMessageHistory)) return null;
  const entry = await app.store.entries.byMessage(messageId);
  const log = entry && (await app.store.sessions.get(entry.sessionId));
  const isHere = log?.workspaceId === place.workspace.id && log.threadId === place.threadId;
  return entry && isHere && entry.deletedAt === null ? { place, entry } : null;
}

const NO_WORKSPACE =
  'This channel is no workspace, so nobody here would be asked. `/workspace map` makes it one.';

/**
 * Asks the owners of a workspace for a decision, in a person's name. `about`: the step that it is about, to whose author the answer
 * goes.
 *
 * @throws UserError that says what to mend in what they typed
 */
export async function raise(
  interaction: BaseInteraction,
  { workspace, threadId, privateThread }: RaisingPlace,
  wanted: Wanted,
  about: Entry | null,
  app: App,
): Promise<Escalation> {
  app.optOuts.requireIn(interaction);
  const now = app.now();
  const fault = faultOf(wanted, now);
  if (fault !== null) throw new UserError(fault);
  const reason = await app.mask(wanted.reason, workspace);
  const options = await app.mask(wanted.options ?? '', workspace);
  const draft = raisingDraft({
    ...wanted,
    reason: reason.text,
    options: options.text,
    interactionId: interaction.id,
    by: personOf(interaction, app),
    replyToMessageId: about?.messageId ?? null,
    about: about?.step ?? null,
    masked: reason.masked + options.masked,
    at: now,
  });
  const step = about && { sessionId: about.sessionId, step: about.step };
  const raised = { workspaceId: workspace.id, threadId, privateThread, draft, about: step };
  const escalation = await app.store.escalations.raise(raised, app.config.recording);
  if (escalation === null) throw new UserError('It is asked already: `/escalations` lists it.');
  return escalation;
}
