import { sameName } from '../domain/author.ts';
import type { Author, BotRole } from '../domain/author.ts';
import type { Claims, Draft } from '../domain/entry.ts';
import type { Part } from './dialects/dialect.ts';
import { botMentions, readableContent } from './mentions.ts';
import type { Directory } from './mentions.ts';
import type { Observation } from './observation.ts';

/** What a message says, part by part, as drafts of entries: with names for ids, and with the bots that it speaks of. */
export function draftsOf(
  observation: Observation,
  parts: readonly Part[],
  directory: Directory,
  role: BotRole | null,
): Draft[] {
  return parts.map((part, index) => {
    const draft = draftOf(observation, part, index, directory);
    const claims = claimsOf(part, role);
    return claims ? { ...draft, claims } : draft;
  });
}

function draftOf(observation: Observation, part: Part, index: number, directory: Directory): Draft {
  const author =
    part.person === undefined ? observation.author : personBehind(observation.author, part.person);
  const message = readableContent(part.message, observation.mentions);
  const found = botMentions(part.message, observation.mentions, directory);
  const named = (names: readonly string[] = []) => names.map((name) => botNamed(name, directory));
  const asked = named(part.handoffTo);
  const others = (bots: readonly Author[]) => distinct(bots.filter(({ key }) => key !== author.key));
  return {
    messageId: observation.messageId,
    part: index,
    replyToMessageId: observation.replyToMessageId,
    at: observation.at,
    author,
    level: part.level,
    category: part.category,
    message,
    origin: part.origin,
    mentions: others([...asked, ...named(part.mentions), ...found.mentions]),
    addressed: others(part.handoffTo ? asked : found.addressed),
    escalation: part.escalation ?? false,
    confidence: part.confidence ?? null,
    durationMs: part.durationMs ?? null,
    tool: part.tool ?? null,
    details: part.details ?? null,
    masked: 0,
  };
}

/** A person who acts through a bot's buttons is known to us by the name that the bot tells, and by nothing else. */
function personBehind(bot: Author, name: string): Author {
  return { key: `${bot.key}/${name}`, name, kind: 'person' };
}

/** A bot that nobody has met is known by its name until it writes. */
function botNamed(name: string, directory: Directory): Author {
  for (const bot of directory.values()) if (sameName(bot.name, name)) return bot;
  const plain = name.replace(/^@/, '');
  return { key: `@${plain.toLowerCase()}`, name: plain, kind: 'bot' };
}

function distinct(bots: Author[]): Author[] {
  return bots.length < 2 ? bots : [...new Map(bots.map((bot) => [bot.key, bot])).values()];
}

function claimsOf(
  { triggeredBy, responseTo, coordinatorMode, insight, category }: Part,
  role: BotRole | null,
): Claims | null {
  const isClaimed = role !== null || (triggeredBy ?? responseTo ?? coordinatorMode ?? insight) !== undefined;
  if (!isClaimed) return null;
  const insightCategory = insight && (insight.category ?? category);
  return { role: role ?? undefined, triggeredBy, responseTo, coordinatorMode, insightCategory };
}
