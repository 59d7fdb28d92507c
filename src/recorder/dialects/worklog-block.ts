import { BLOCK_LIMITS, readBlock } from '../../domain/block.ts';
import { parseJson } from '../../domain/json.ts';
import type { Masker } from '../../masking/mask.ts';
import type { Observation } from '../observation.ts';
import { partOfBlock } from './block-part.ts';
import type { Part } from './dialect.ts';
import { fencesIn } from './fences.ts';
import type { Fence } from './fences.ts';

export interface Blocks {
  /** The text without its good blocks. A bad one stays where it was, to be read as the plain text it is. */
  text: string;
  /** What the good blocks say, in their order; then a warning for each bad one that tells what is wrong with it. */
  parts: Part[];
}

/** Reads the blocks of a text that are fenced as `worklog`. Never throws. */
export function readBlocks(text: string): Blocks {
  if (!text.includes('worklog')) return { text, parts: [] };
  const good: Fence[] = [];
  const parts: Part[] = [];
  const warnings: Part[] = [];
  for (const fence of fencesIn(text)) {
    const json = jsonOf(fence);
    if (json === null) continue;
    const block = fence.closed ? readBlock(json) : { faults: [UNCLOSED] };
    if ('faults' in block) {
      warnings.push(warningOf(block.faults));
    } else {
      good.push(fence);
      for (const entry of block.entries) parts.push(partOfBlock(entry));
    }
  }
  return { text: without(good, text), parts: [...parts, ...warnings] };
}

/** The text with what its blocks say masked as the data that it is: a key may call its value a secret. */
export function maskBlocks(text: string, masker: Pick<Masker, 'maskValue'>): string {
  if (!text.includes('worklog')) return text;
  let masked = '';
  let at = 0;
  for (const fence of fencesIn(text)) {
    const json = jsonOf(fence);
    const parsed = json === null ? null : parseJson(json, BLOCK_LIMITS);
    // A bad one is plain text, and masked as such.
    const safe = parsed && 'value' in parsed ? masker.maskValue(parsed.value) : null;
    if (!safe || safe.masked === 0) continue;
    masked += `${text.slice(at, fence.start)}\`\`\`worklog\n${JSON.stringify(safe.value)}\n\`\`\`\n`;
    at = fence.end;
  }
  return masked + text.slice(at);
}

/** Reads the blocks of a whole message, wherever its text is, and gives the rest of the message to be read as chat. */
export function takeBlocks(observation: Observation): { rest: Observation; parts: Part[] } {
  if (!mayHaveBlocks(observation)) return { rest: observation, parts: [] };
  const parts: Part[] = [];
  const take = (text: string) => {
    const blocks = readBlocks(text);
    parts.push(...blocks.parts);
    return blocks.text;
  };
  const rest = {
    ...observation,
    content: take(observation.content),
    embeds: observation.embeds.map((embed) => ({
      ...embed,
      description: embed.description === null ? null : take(embed.description),
    })),
    componentTexts: observation.componentTexts.map(take),
  };
  return { rest, parts };
}

function mayHaveBlocks({ content, embeds, componentTexts }: Observation): boolean {
  return (
    content.includes('worklog') ||
    embeds.some(({ description }) => description?.includes('worklog')) ||
    componentTexts.some((text) => text.includes('worklog'))
  );
}

const UNCLOSED =
  'it has no closing fence; Discord cuts messages at 2000 characters, so post long ones in several blocks';

/** The JSON of a fence that is one of ours; null for any other. It may start on the line of the opening fence. */
function jsonOf({ info, body }: Fence): string | null {
  const [, inline] = /^worklog(?![\w-])\s*(.*)$/s.exec(info) ?? [];
  return inline === undefined ? null : `${inline}\n${body}`.trim();
}

function warningOf(faults: string[]): Part {
  return {
    level: 'warning',
    category: 'general',
    message: `A worklog block could not be read: ${faults.join('; ')}`,
    origin: 'inferred',
    details: { block_faults: faults },
  };
}

function without(fences: readonly Fence[], text: string): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of fences) {
    rest = join(rest, text.slice(at, start));
    at = end;
  }
  return at === 0 ? text : join(rest, text.slice(at));
}

/** Two pieces of text where a block stood between them. */
function join(before: string, after: string): string {
  const [head, tail] = [before.trimEnd(), after.trim()];
  return head === '' || tail === '' ? head + tail : `${head}\n${tail}`;
}
