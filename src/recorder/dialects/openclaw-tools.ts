import type { ToolRun } from '../../domain/entry.ts';
import type { Part } from './dialect.ts';
import { afterPictograph } from './pictograph.ts';
import { parsedPart, toolPart, unmarked } from './text.ts';

/** `🔎 Web Search: for "q"`; `⚠️ 🛠️ Bash: run tests failed: exit 1`. Null for any other line. */
export function readToolLine(line: string): Part | null {
  const led = afterPictograph(line.trimEnd());
  if (led === null) return null;
  if (led.icon === '⚠') return readFailure(led.rest);
  const called = callOf(led.icon, led.rest);
  if (called === null) return null;
  return SUBAGENTS.has(called.label)
    ? subagentPart(led.rest, called.detail)
    : toolPart(led.rest, runOf(called));
}

function readFailure(rest: string): Part | null {
  const led = afterPictograph(rest);
  const [, call, error] = /^(.+?) failed(?:: (.*))?$/.exec(led?.rest ?? '') ?? [];
  const called = led && call !== undefined ? callOf(led.icon, call) : null;
  return called && toolPart(led!.rest, { ...runOf(called), status: 'error', error: error ?? null });
}

interface Call {
  label: string;
  detail: string | null;
}

/** An agent's prose may start with any of these emoji; only with a label of OpenClaw's behind it is it a tool. */
function callOf(icon: string, rest: string): Call | null {
  const [, label, detail] = /^([A-Z][\w-]*(?: [A-Z][\w-]*){0,3})(?:: (.+))?$/.exec(rest) ?? [];
  if (label === undefined) return null;
  const isKnown = OPEN_ICONS.has(icon) || LABELS.has(label);
  return isKnown && ICONS.has(icon) ? { label, detail: detail ?? null } : null;
}

/** These stand for tools without an icon of their own, so that any label may follow. */
const OPEN_ICONS = new Set(['🧩', '🛠']);

const ICONS = new Set(
  '🧩 🛠 🧰 📖 ✍ 📝 🩹 📎 🌐 🖼 📱 ⏰ 🔌 ✉ 🧭 🗂 🧾 📨 🧑🔧 🤖 📊 🧠 📓 🔎 📄 🟢 🔍 🔧 💻 🎨 🔊'.split(' '),
);

const SUBAGENTS = new Set(['Sub-agent', 'Subagent', 'Subagents']);

const LABELS = new Set(
  [
    'Sub-agent,Subagent,Subagents,Agents,Sessions,Session History,Session Send,Session Status',
    'Exec,Bash,Process,Read,Write,Edit,Apply Patch,Attach,Grep,Find,Ls,Glob,Code Execution',
    'Browser,Canvas,Nodes,Cron,Gateway,Message,WhatsApp Login,Image,Image Generate,Tts',
    'Memory Search,Memory Get,Web Search,Web Fetch,Update Plan,Todo Write,Tool Call',
  ].flatMap((labels) => labels.split(',')),
);

function runOf({ label, detail }: Call): Partial<ToolRun> & { name: string } {
  return { name: label, input: detail === null ? null : inputOf(label, unmarked(detail)) };
}

const SHOWN: Readonly<Record<string, string>> = {
  Bash: 'command',
  Exec: 'command',
  Read: 'path',
  Write: 'path',
  Edit: 'path',
  'Web Search': 'query',
  'Memory Search': 'query',
  'Web Fetch': 'url',
};

function inputOf(label: string, detail: string): Record<string, unknown> {
  const shown = SHOWN[label] ?? 'detail';
  if (shown === 'query') return { query: /^(?:for )?"(.*)"/.exec(detail)?.[1] ?? detail };
  if (shown !== 'path') return { [shown]: detail };
  const paths = pathsOf(detail);
  return paths.length === 1 ? { path: paths[0] } : { paths };
}

/** `~/d/{a, b}` names two files; `; ` stands between files of different folders. */
function pathsOf(detail: string): string[] {
  return detail.split('; ').flatMap((piece) => {
    const [, folder, files] = /^([^{]*)\{([^}]+)\}$/.exec(piece) ?? [];
    return files === undefined ? [piece] : files.split(', ').map((file) => `${folder}${file}`);
  });
}

/** The details come as `label research · task find sources`, or as the label alone. */
function subagentPart(message: string, detail: string | null): Part {
  const name = detail?.split(' · ')[0]!.replace(/^label /, '');
  return parsedPart('handoff', message, {
    category: 'coordination',
    handoffTo: name === undefined ? undefined : [name],
    details: { subagent: name ?? true },
  });
}
