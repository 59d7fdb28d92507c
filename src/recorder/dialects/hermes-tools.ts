import type { Part } from './dialect.ts';
import { fenceAt, one } from './lines.ts';
import type { LineReader, Taken } from './lines.ts';
import { afterPictograph } from './pictograph.ts';
import { detailsOf, jsonOrText, toolPart } from './text.ts';

/**
 * A tool run: `💻 terminal...`, `🔍 web_search: "q"`, `🔍 Searching the web for cats`, `⚙️ tool(['k'])` with JSON below it, or a
 * terminal's name with its commands in code blocks below it.
 */
export const readToolRun: LineReader = (lines, at) => {
  const led = afterPictograph(lines[at]!.replace(/^📤 /u, '').trimEnd());
  if (led === null) return null;
  const [, said, times] = /^(.+?)(?: \(×(\d+)\))?$/u.exec(led.rest)!;
  const details = detailsOf({ times: times === undefined ? undefined : Number(times) });
  return (
    readTerminal(said!, lines, at) ??
    readVerbose(said!, lines, at) ??
    readNamed(said!, details) ??
    readPhrase(said!, details)
  );
};

/** Further commands come as blocks right below, without the name again. */
function readTerminal(said: string, lines: readonly string[], at: number): Taken | null {
  if (!/^[a-z][\w-]*$/.test(said) || fenceAt(lines, at + 1) === null) return null;
  const parts: Part[] = [];
  let end = at + 1;
  for (let fence = fenceAt(lines, end); fence !== null; fence = fenceAt(lines, end)) {
    parts.push(toolPart(`${said}: ${fence.body}`, { name: said, input: { command: fence.body } }));
    end += fence.lines;
  }
  return { parts, lines: end - at };
}

/** `tool(['k'])`, the names of its arguments, over all of them as JSON, which may be cut off. */
function readVerbose(said: string, lines: readonly string[], at: number): Taken | null {
  const [, name] = /^([A-Za-z][\w.:-]*)\(\[.*\]\)$/.exec(said) ?? [];
  if (name === undefined) return null;
  const json = lines[at + 1];
  if (!json?.startsWith('{')) return one(toolPart(said, { name }));
  return one(toolPart(`${name} ${json}`, { name, input: jsonOrText(json) }), 2);
}

function readNamed(said: string, details: Part['details']): Taken | null {
  const [, name, preview] = /^([a-z][\w.:-]*)(?:\.{3}|: "(.*)")$/s.exec(said) ?? [];
  if (name === undefined) return null;
  const input = preview === undefined ? null : { [SHOWN[name] ?? 'preview']: preview };
  return one(runPart(said, name, input, details));
}

/** Tools of Hermes' own are told as phrases; what follows the verb is their main argument. */
function readPhrase(said: string, details: Part['details']): Taken | null {
  const phrase = PHRASES.find(
    ([verb]) => said === verb || said.startsWith(`${verb} `) || said.startsWith(`${verb}: `),
  );
  if (!phrase) return null;
  const [verb, name] = phrase;
  const preview = said.slice(verb.length).replace(/^:? (?:for )?/, '');
  const input = preview === '' ? null : { [SHOWN[name] ?? 'preview']: preview };
  return one(runPart(said, name, input, details));
}

/** Handing a task to a subagent is a step of coordination as well as a tool run. */
function runPart(message: string, name: string, input: unknown, details: Part['details']): Part {
  const extra: Partial<Part> =
    name === 'delegate_task' ? { level: 'coordination', category: 'coordination' } : {};
  return toolPart(message, { name, input }, { ...extra, details });
}

const SHOWN: Readonly<Record<string, string>> = {
  terminal: 'command',
  web_search: 'query',
  search_files: 'pattern',
  session_search: 'query',
  read_file: 'path',
  write_file: 'path',
  patch: 'path',
  delegate_task: 'goal',
  execute_code: 'code',
};

/** Longer phrases first, for some begin like shorter ones. */
const PHRASES: readonly (readonly [verb: string, tool: string])[] = [
  ['Searching the web', 'web_search'],
  ['Searching past sessions', 'session_search'],
  ['Searching files', 'search_files'],
  ['Reading', 'read_file'],
  ['Writing', 'write_file'],
  ['Editing', 'patch'],
  ['Running code', 'execute_code'],
  ['Running', 'terminal'],
  ['Listing skills', 'skills_list'],
  ['Loading skill', 'skill_view'],
  ['Viewing skill', 'skill_view'],
  ['Delegating', 'delegate_task'],
  ['Scheduling', 'cronjob'],
  ['Updating memory', 'memory'],
  ['Updating tasks', 'todo'],
];
