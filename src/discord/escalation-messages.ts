import type { App } from '../app.ts';
import { WAITING } from '../domain/escalation.ts';
import type { Escalation } from '../domain/escalation.ts';
import type { Workspace } from '../domain/workspace.ts';
import type { OutboxSubject } from '../store/store.ts';
import { answerPost } from '../views/escalation-answer.ts';
import { escalationCard } from '../views/escalation-card.ts';
import { digestView, editOf, postOf, reminderView, replyingTo } from '../views/escalation-messages.ts';
import { decidersOf, factsOf } from './escalation-facts.ts';
import { placeOfAnswer, placeOfCard } from './escalation-place.ts';
import type { Composed } from './outbox-delivery.ts';

type Subject = Extract<OutboxSubject, { kind: `escalation-${string}` }>;

/** What is to be said of an escalation, from what is true at the moment it is sent; null: nothing, any more. */
export async function composeEscalation(app: App, subject: Subject): Promise<Composed | null> {
  if (subject.kind === 'escalation-digest') return digest(app, subject.workspaceId);
  const escalation = await app.store.escalations.get(subject.id);
  const workspace = escalation && app.workspaces.byId(escalation.workspaceId);
  return escalation && workspace ? COMPOSERS[subject.kind](app, { escalation, workspace }, subject) : null;
}

interface About {
  escalation: Escalation;
  workspace: Workspace;
}

type Kind = Exclude<Subject['kind'], 'escalation-digest'>;
type Composer = (app: App, about: About, subject: Subject) => Promise<Composed | null>;

const COMPOSERS: Record<Kind, Composer> = {
  'escalation-card': card,
  'escalation-update': update,
  'escalation-reminder': reminder,
  'escalation-answer': answer,
};

/** What was decided before its card was sent needs none. */
async function card(app: App, { escalation, workspace }: About, subject: Subject): Promise<Composed | null> {
  if (!WAITING.includes(escalation.state) || escalation.card !== null) return null;
  const place = await placeOfCard(app.client, workspace, escalation);
  if (place === null) return null;
  const { pings, ...facts } = await factsOf(app, escalation, workspace, place);
  const loud = subject.kind === 'escalation-card' && subject.ping;
  return { channelId: place.channelId, body: postOf(escalationCard(facts), loud ? pings : null) };
}

async function update(app: App, { escalation, workspace }: About): Promise<Composed | null> {
  if (escalation.card === null) return null;
  const { channelId, messageId } = escalation.card;
  const facts = await factsOf(app, escalation, workspace, { channelId, note: null });
  return { channelId, messageId, body: editOf(escalationCard(facts)) };
}

/** Where somebody has taken it on, or decided, since the reminder was due, nobody is reminded. */
async function reminder(
  app: App,
  { escalation, workspace }: About,
  subject: Subject,
): Promise<Composed | null> {
  if (escalation.state !== 'open' || subject.kind !== 'escalation-reminder') return null;
  const { secondOwner } = workspace.settings;
  const guild = await app.client.guilds.fetch(workspace.guildId);
  const place = escalation.card ?? (await placeOfCard(app.client, workspace, escalation));
  if (place === null) return null;
  const [events, { owners, pings, note }] = await Promise.all([
    app.store.escalations.events(escalation.id),
    decidersOf(guild, workspace, subject.second && secondOwner ? [secondOwner] : []),
  ]);
  const event = events.find(({ version }) => version === subject.version);
  const notes = note === null ? [] : [note];
  const post = postOf(reminderView({ escalation, event, workspace, owners, notes }), pings);
  return { channelId: place.channelId, body: replyingTo(post, escalation.card?.messageId ?? null) };
}

/** Where nothing is posted for escalations, only what a person decided is. */
async function answer(app: App, { escalation, workspace }: About): Promise<Composed | null> {
  const { state } = escalation;
  const isTold = state === 'expired' && app.config.escalations.alerts[workspace.type];
  if (state !== 'decided' && !isTold) return null;
  const channelId = await placeOfAnswer(app.client, workspace, escalation);
  if (channelId === null) return null;
  const others = await app.store.escalations.othersAsking(escalation.id);
  // Discord takes a reply in the very channel of the message only.
  const withReply = channelId === (escalation.threadId ?? workspace.channelId);
  return { channelId, body: answerPost(escalation, withReply, others) };
}

/** One message for each workspace and hour, which is edited when more come. */
async function digest(app: App, workspaceId: number): Promise<Composed | null> {
  const workspace = app.workspaces.byId(workspaceId);
  const { more, message } = await app.store.escalations.digest(workspaceId, app.now());
  if (!workspace || (more === 0 && message === null)) return null;
  const shown = digestView(workspace, more);
  if (message) return { ...message, body: editOf(shown) };
  const place = await placeOfCard(app.client, workspace, { threadId: null, privateThread: false });
  return place && { channelId: place.channelId, body: postOf(shown, null) };
}
