import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIActionRowComponent, APIButtonComponent } from 'discord.js';
import type { RetentionDays } from '../domain/retention.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { Written } from '../domain/written.ts';
import { ICONS } from './icons.ts';
import { view } from './limits.ts';
import type { View } from './limits.ts';
import { container, text } from './parts.ts';
import { keptFor } from './retention.ts';
import { count, timestamp } from './text.ts';
import { readersOf } from './workspace.ts';

/** What is kept of a person, for themselves. */
export interface PrivacyFacts {
  /** In the channels of this server, by channel. */
  here: { workspace: Workspace; written: Written }[];
  /** In other servers. */
  elsewhere: number;
  /** How many answers they rated or objected to. */
  feedback: number;
  optedOut: boolean;
  ownersOnly: boolean;
  retentionDays: RetentionDays;
}

/** So many channels are named. */
const CHANNELS = 15;

/** `/privacy show`. */
export function privacyView(facts: PrivacyFacts): View {
  const { here, elsewhere, feedback, optedOut } = facts;
  const steps = here.reduce((sum, { written }) => sum + written.steps, 0);
  const title = `${ICONS.log} **What is kept of you: ${count(steps, 'message')} in this server**`;
  const more = here.length - CHANNELS;
  return view([
    container(
      text(
        ...[
          title,
          ...here.slice(0, CHANNELS).flatMap((place) => placeLines(place, facts)),
          more > 0 ? `and in ${count(more, 'more channel')}` : null,
          elsewhere > 0 ? `${count(elsewhere, 'message')} in other servers` : null,
          feedback > 0 ? `What you said of ${count(feedback, 'answer')}` : null,
          optedOut
            ? `${ICONS.unseen} You opted out: of what you write now nothing is kept but that you wrote`
            : null,
          optedOut
            ? '-# `/privacy opt-in` · `/privacy export` · `/privacy forget-me`'
            : '-# `/privacy export` · `/privacy forget-me` · `/privacy opt-out`',
        ].filter((line) => line !== null),
      ),
    ),
  ]);
}

function placeLines(
  { workspace, written }: PrivacyFacts['here'][number],
  { ownersOnly, retentionDays }: PrivacyFacts,
): string[] {
  const { steps, from, to } = written;
  const when = `${timestamp(from, 'd')}–${timestamp(to, 'd')}`;
  return [
    `<#${workspace.channelId}> · ${count(steps, 'message')} · ${when}`,
    `-# kept ${keptFor(workspace, retentionDays)}, read by: ${readersOf(workspace.owners, ownersOnly)}`,
  ];
}

/** `/privacy forget-me`, before it is done. */
export function forgetQuestion(steps: number, backupDays: number | null): View {
  return view([
    container(
      text(
        `${ICONS.warning} **Remove all that you wrote, in every server?**`,
        `${count(steps, 'message')} of yours, what others’ messages call you, and what you said of answers. ` +
          'Your steps stay in the logs, marked as deleted, without text or name. This cannot be undone.',
        `-# ${backupLine(backupDays)}`,
        '-# What is in Discord stays there: delete it there.',
      ),
      row(button('privacy:forget', 'Forget me', ButtonStyle.Danger), keep()),
    ),
  ]);
}

interface Forgotten {
  steps: number;
  backupDays: number | null;
  /** In the server where it was asked. */
  optedOut: boolean;
  /** ms UTC. */
  now: number;
}

/** The same, done. */
export function forgottenView({ steps, backupDays, optedOut, now }: Forgotten): View {
  const until = backupDays ? ` They are gone by ${timestamp(now + backupDays * 24 * 60 * 60_000, 'd')}.` : '';
  return view([
    container(
      text(
        `${ICONS.done} **You are forgotten.** ${count(steps, 'message')} of yours ${steps === 1 ? 'was' : 'were'} removed.`,
        `-# ${backupLine(backupDays)}${until}`,
        optedOut
          ? '-# You opted out here: what you write in this server is still not kept.'
          : '-# What you write from now on is recorded again: `/privacy opt-out` ends that.',
      ),
    ),
  ]);
}

function backupLine(days: number | null): string {
  if (days === null)
    return 'The operator of this bot has not said whether copies of the database are kept: ask who runs it.';
  if (days === 0) return 'No copies of the database are kept.';
  return `Copies of the database made before hold your messages for ${count(days, 'more day')} at most.`;
}

/** `/privacy guild-erase`, asked twice. */
export function eraseQuestion(guildName: string, again: boolean): View {
  const title = again
    ? `${ICONS.warning} **Really all of it? Nothing brings it back.**`
    : `${ICONS.warning} **Delete everything that was recorded in ${guildName}?**`;
  const next = again ? 'privacy:erase:now' : 'privacy:erase:again';
  return view([
    container(
      text(
        title,
        'All logs, decisions and insights of this server go, whatever is on hold, and the tokens of agents’ programs. ' +
          'No channel is recorded any more, until somebody maps it.',
      ),
      row(button(next, again ? 'Delete all of it' : 'Delete everything', ButtonStyle.Danger), keep()),
    ),
  ]);
}

export function erasedView(entries: number): View {
  return view([
    container(
      text(
        `${ICONS.done} **Deleted: ${count(entries, 'step')}.** No channel of this server is recorded any more.`,
        '-# `/workspace map` begins anew.',
      ),
    ),
  ]);
}

/** What was decided against. */
export function keptView(): View {
  return view([container(text('Nothing was changed.'))]);
}

export function optedOutText(): string {
  return (
    `${ICONS.unseen} From now on nothing that you write in this server is kept but that somebody wrote: no text, no name. What others ` +
    'say in your words is masked. What was kept before stays: `/privacy forget-me` removes it. `/privacy opt-in` ends this.'
  );
}

export function optedInText(hadOptedOut: boolean): string {
  if (!hadOptedOut)
    return `${ICONS.log} You had not opted out in this server: nothing was changed. \`/privacy show\` tells what is kept of you.`;
  return `${ICONS.log} What you write in recorded channels of this server is kept again. \`/privacy show\` tells where, and for how long.`;
}

function keep(): APIButtonComponent {
  return button('privacy:keep', 'Keep it', ButtonStyle.Secondary);
}

function row(...components: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components };
}

function button(
  custom_id: string,
  label: string,
  style: ButtonStyle.Danger | ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, custom_id, label, style };
}
