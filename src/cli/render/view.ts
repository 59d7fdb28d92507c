import { isDeepStrictEqual } from 'node:util';
import { ComponentType } from 'discord.js';
import type {
  APIComponentInContainer,
  APIMessageTopLevelComponent,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord.js';
import { OPEN_ID } from '../../views/explain-state.ts';
import type { View } from '../../views/limits.ts';
import { plainLine } from '../../views/text.ts';
import { readMarkdown } from './markdown.ts';
import type { Known, Line } from './markdown.ts';
import { rowsOf } from './rows.ts';
import type { Look } from './rows.ts';
import { widthOf } from './width.ts';

type Part = APIMessageTopLevelComponent | APIComponentInContainer;
type Shown = Pick<View, 'components'>;

/** An answer as rows for a terminal. What can be pressed is left out, but for what opens a session: that becomes a command. */
export async function renderView(view: Shown, look: Look & Known): Promise<string[]> {
  return (await Array.fromAsync(renderPages([view], look))).flat();
}

/**
 * Pages of one answer, one below the other: what they have at their beginning and their small print are said once, and what opens
 * sessions is named at the end. `pages` are given one by one, so that a long answer is shown as it comes.
 */
export async function* renderPages(
  pages: AsyncIterable<Shown> | Iterable<Shown>,
  look: Look & Known,
): AsyncGenerator<string[]> {
  let before: Part[] = [];
  let smallPrint: Part[] = [];
  const opening: APIStringSelectComponent[] = [];
  for await (const page of pages) {
    const parts = partsOf(page);
    const end = bodyEnd(parts);
    yield parts.slice(commonStart(before, parts), end).flatMap((part) => renderPart(part, look));
    before = parts;
    smallPrint = parts.slice(end).filter((part) => part.type === ComponentType.TextDisplay);
    opening.push(...parts.flatMap(opensOf));
  }
  yield [
    ...smallPrint.flatMap((part) => renderPart(part, look)),
    ...commandsFor(
      opening.flatMap(({ options }) => options),
      opening[0]?.placeholder,
      look,
    ),
  ];
}

/** What a page shows: its container's content, and the controls that become commands. */
function partsOf({ components }: Shown): Part[] {
  return components.flatMap((part): Part[] =>
    part.type === ComponentType.Container ? part.components : [part],
  );
}

function commonStart(before: readonly Part[], parts: readonly Part[]): number {
  const first = parts.findIndex((part, index) => !isDeepStrictEqual(part, before[index]));
  return first === -1 ? parts.length : first;
}

/** Where the small print and the controls at the end begin. */
function bodyEnd(parts: readonly Part[]): number {
  return parts.findLastIndex((part) => !isFooter(part)) + 1;
}

function isFooter(part: Part): boolean {
  if (part.type === ComponentType.TextDisplay)
    return part.content.split('\n').every((line) => line.startsWith('-# '));
  return part.type === ComponentType.ActionRow;
}

function renderPart(part: Part, look: Look & Known): string[] {
  switch (part.type) {
    case ComponentType.Container:
      return part.components.flatMap((child) => renderPart(child, look));
    case ComponentType.Section:
      return part.components.flatMap((child) => renderPart(child, look));
    case ComponentType.TextDisplay:
      return readMarkdown(part.content, look)
        .map((line) => (look.opens ? line : withoutOpening(line)))
        .flatMap((line) => (line === null ? [] : rowsOf(line, look)));
    case ComponentType.Separator:
      return [look.paint('dim', '─'.repeat(Math.min(look.width, RULE_MAX)))];
    default:
      return [];
  }
}

const RULE_MAX = 80;

/** The sentence about a step's number is for where it can be pressed. Null: nothing else stood in the line. */
function withoutOpening(line: Line): Line | null {
  if (!line.spans.some(({ style, text }) => style === 'dim' && OPENING.test(text))) return line;
  const spans = line.spans.map((span) => ({
    ...span,
    text: span.text
      .split(' · ')
      .filter((sentence) => !OPENING.test(sentence))
      .join(' · '),
  }));
  return spans.every(({ text }) => text === '') ? null : { ...line, spans };
}

const OPENING = /a step’s number opens its message\.?/i;

/** The selects that open a session. */
function opensOf(part: Part): APIStringSelectComponent[] {
  if (part.type !== ComponentType.ActionRow) return [];
  return part.components.filter(
    (control) => control.type === ComponentType.StringSelect && control.custom_id === OPEN_ID,
  ) as APIStringSelectComponent[];
}

/** Each of the options as the command that opens it; a session that several of them open is named once. */
function commandsFor(
  options: readonly APISelectMenuOption[],
  placeholder: string | undefined,
  look: Look,
): string[] {
  if (options.length === 0) return [];
  const bySession = Map.groupBy(options, ({ value }) => value.split(':')[0]!);
  const rows = [...bySession].map(([sessionId, those]) => {
    const command = `  work-logs explain -s ${sessionId}`;
    const room = look.width - widthOf(command) - 2;
    const label = room < LABEL_MIN ? '' : plainLine(those.map(({ label }) => label).join(' · '), room);
    return `${look.paint('cyan', command)}  ${look.paint('dim', label)}`.trimEnd();
  });
  return ['', look.paint('dim', `${placeholder ?? 'See one'}:`), ...rows];
}

const LABEL_MIN = 10;
