import { MessageFlags } from 'discord.js';
import type { APIMessageTopLevelComponent } from 'discord.js';
import type { Escalation, EscalationEvent } from '../domain/escalation.ts';
import type { Workspace } from '../domain/workspace.ts';
import { linkButton } from './escalation-controls.ts';
import { escalationId } from './escalation-ids.ts';
import { WANTS } from './escalation-words.ts';
import { ICONS } from './icons.ts';
import type { View } from './limits.ts';
import { view } from './limits.ts';
import { workspaceName } from './log-header.ts';
import { button, text } from './parts.ts';
import { count, messageUrl, shown, shownName, timestamp } from './text.ts';

/** Exactly who is pinged by a message, by id. */
export interface Pings {
  users: string[];
  roles: string[];
}

/** The body of Discord's Create Message, or of its Edit Message. */
export interface Post {
  content?: string;
  flags?: number;
  components?: APIMessageTopLevelComponent[];
  allowed_mentions: { parse: []; users?: string[]; roles?: string[]; replied_user?: false };
  message_reference?: { message_id: string; fail_if_not_exists: false };
  [more: string]: unknown;
}

/** A view as a message that pings exactly these; null: it makes no sound at all. */
export function postOf({ components, flags }: View, pings: Pings | null): Post {
  const loud = pings !== null;
  return {
    components,
    flags: loud ? flags : flags | MessageFlags.SuppressNotifications,
    allowed_mentions: { parse: [], ...pings },
  };
}

/** A view in the place of what a message showed. It pings nobody. */
export function editOf({ components, flags }: View): Post {
  return { components, flags, allowed_mentions: { parse: [] } };
}

/** It goes below the message, as long as that is there. */
export function replyingTo(post: Post, messageId: string | null): Post {
  if (messageId === null) return post;
  return {
    ...post,
    allowed_mentions: { ...post.allowed_mentions, replied_user: false },
    message_reference: { message_id: messageId, fail_if_not_exists: false },
  };
}

export interface Reminder {
  escalation: Escalation;
  /** The event it tells of. */
  event: EscalationEvent | undefined;
  workspace: Workspace;
  /** Who is reminded, as mentions of Discord, or in words. */
  owners: string;
  notes: readonly string[];
}

/** One line that leads back to the card, where it is decided. */
export function reminderView({ escalation, event, workspace, owners, notes }: Reminder): View {
  const { id, by, kind, raisedAt, card, reason } = escalation;
  const why = {
    reopened: 'It was taken on, and is still not decided',
    woken: 'It was put off until now',
  }[event?.kind as string];
  return view([
    text(
      `🔔 ${owners} · **${shownName(by.name, 40)} ${WANTS[kind]}**, asked ${timestamp(raisedAt, 'R')}`,
      `> ${shown(reason, 150) || '…'}`,
      ...[...(why ? [why] : []), ...notes].map((line) => `-# ${line}`),
    ),
    {
      type: 1,
      components: [
        ...(card
          ? [linkButton('To the card', messageUrl(workspace.guildId, card.channelId, card.messageId))]
          : []),
        button('Acknowledge', escalationId('acknowledge', id, 'reminder')),
      ],
    },
  ]);
}

/** How many more wait in a workspace than people are pinged for within an hour. */
export function digestView(workspace: Workspace, more: number): View {
  const many = `${count(more, 'more decision')} ${more === 1 ? 'waits' : 'wait'}`;
  return view([
    text(
      `${ICONS.escalation} **${many} in ${workspaceName(workspace)}** than I ping for within an hour.`,
      '-# `/escalations` lists them all, oldest first, with buttons.',
    ),
  ]);
}
