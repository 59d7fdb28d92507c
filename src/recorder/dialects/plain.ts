import { isBot } from '../../domain/author.ts';
import type { Draft } from '../../domain/entry.ts';
import { botMentions, readableContent } from '../mentions.ts';
import type { Directory } from '../mentions.ts';
import type { EmbedText, Observation } from '../observation.ts';

/** Chat without a known format: everything it says is inferred, and nothing is added that was not said. */
export function readPlain(observation: Observation, directory: Directory): Draft {
  const message = readableText(observation);
  const { mentions, addressed } = botMentions(message, observation.mentions, directory);
  const escalation = isBot(observation.author) && ESCALATION.test(message);
  const others = (bots: typeof mentions) => bots.filter((bot) => bot.key !== observation.author.key);
  return {
    messageId: observation.messageId,
    part: 0,
    replyToMessageId: observation.replyToMessageId,
    at: observation.at,
    author: observation.author,
    level: escalation ? 'coordination' : 'info',
    category: escalation ? 'escalation' : 'general',
    message,
    origin: 'inferred',
    mentions: others(mentions),
    addressed: others(addressed),
    escalation,
    confidence: null,
    durationMs: null,
    tool: null,
    details: null,
    masked: 0,
  };
}

/** How agents announce in chat that they need a person. */
const ESCALATION = /^🚨\s*escalation\b/iu;

/** All that a person reads of the message, from top to bottom: content, embeds, components, names of files. */
function readableText(observation: Observation): string {
  const parts = [
    readableContent(observation.content, observation.mentions),
    ...observation.embeds.map(embedText),
    ...observation.componentTexts,
    ...observation.attachments.map((name) => `[file: ${name}]`),
  ];
  return parts.length === 1 ? parts[0]! : parts.filter((part) => part !== '').join('\n');
}

function embedText(embed: EmbedText): string {
  const fields = embed.fields.map(({ name, value }) => `${name}: ${value}`);
  return [embed.title, embed.description, ...fields, embed.footer]
    .filter((part) => part !== null && part !== '')
    .join('\n');
}
