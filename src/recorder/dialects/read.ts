import { isBot } from '../../domain/author.ts';
import type { Observation } from '../observation.ts';
import { MAX_OPTIONS } from '../../domain/block.ts';
import type { Dialect, Part } from './dialect.ts';
import { plainPart, textOf } from './text.ts';
import { takeBlocks } from './worklog-block.ts';

/**
 * All that a message says, at least one part: what its bot's dialect reads (null: plain chat), then what it reports as data. A
 * message of nothing but good blocks has only those. A person's message is plain chat, whatever stands in it. Never throws.
 */
export function readParts(observation: Observation, dialect: Dialect | null): Part[] {
  if (!isBot(observation.author)) return [plainPart(textOf(observation), observation.author)];
  const { rest, parts } = takeBlocks(observation);
  const text = textOf(rest);
  if (parts.length > 0 && text.trim() === '') return parts;
  const said = dialect ? dialect.read(rest) : [plainPart(text, rest.author)];
  return [...withOptions(said, observation), ...parts];
}

/** Where a message waits for a person and does not name the options itself, its buttons and selects do. */
function withOptions(said: Part[], { controls = [] }: Observation): Part[] {
  const options = [...new Set(controls.filter((label) => !UNFOLDING.test(label)))].slice(0, MAX_OPTIONS);
  const requests = said.filter(({ escalation }) => escalation);
  if (options.length === 0 || requests.length !== 1) return said;
  return said.map((part) => (part.escalation ? { ...part, details: { options, ...part.details } } : part));
}

/** What shows more of the same decides nothing. */
const UNFOLDING = /^(?:see|show|view)\b/i;
