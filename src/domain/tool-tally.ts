import type { ToolRun } from './entry.ts';

/** Kinds of work that tools do, told by what agents commonly call them. */
const KINDS = ['edit', 'read', 'test', 'search', 'fetch', 'command'] as const;
type Kind = (typeof KINDS)[number];

const NAMES: Readonly<Record<Exclude<Kind, 'test'>, RegExp>> = {
  edit: /^(?:write|edit|create|update|patch|append|insert|delete|move|rename)(?:_?(?:to_)?files?)?$|^multi_?edit$|^apply_?(?:patch|diff)$|^str_?replace|^notebook_?edit$/,
  read: /^(?:read|view|open|cat|list|ls)(?:_?(?:files?|dir|directory))?$/,
  search: /^(?:grep|glob|search|find|rg)|search$/,
  fetch: /^(?:web_?)?fetch|^browse|^http|^get_?url|^open_?url/,
  command: /^(?:bash|shell|sh|exec|execute|run|terminal|command|code_?execution|python)/,
};

/** Where tools commonly name the file they work on. */
const PATHS = ['path', 'file_path', 'filePath', 'filename', 'file', 'notebook_path'] as const;

const TESTING =
  /\b(?:vitest|jest|pytest|mocha|rspec|phpunit|ctest|(?:npm|pnpm|yarn|bun|go|cargo|mix|make|dotnet|swift|gradle|mvn)\s+(?:run\s+)?test)\b/;

const WORDS: Readonly<Record<Kind, [one: string, many: string]>> = {
  edit: ['file edited', 'files edited'],
  read: ['file read', 'files read'],
  test: ['test run', 'test runs'],
  search: ['search', 'searches'],
  fetch: ['page fetched', 'pages fetched'],
  command: ['command', 'commands'],
};

/** Counts tool runs that succeeded, and says them in few words. */
export class ToolTally {
  readonly #runs = new Map<string, number>();
  readonly #files = new Map<Kind, Set<string>>();

  add(tool: ToolRun): void {
    const kind = kindOf(tool);
    const file = kind === 'edit' || kind === 'read' ? fileOf(tool) : null;
    if (kind && file) {
      const files = this.#files.get(kind) ?? new Set();
      this.#files.set(kind, files.add(file));
    } else {
      const key = kind ?? tool.name;
      this.#runs.set(key, (this.#runs.get(key) ?? 0) + 1);
    }
  }

  /** `12 files edited, 3 test runs`; empty when there was none. */
  words(): string {
    const known = KINDS.flatMap((kind) => {
      const count = (this.#files.get(kind)?.size ?? 0) + (this.#runs.get(kind) ?? 0);
      return count > 0 ? [`${count} ${WORDS[kind][count === 1 ? 0 : 1]}`] : [];
    });
    const others = [...this.#runs]
      .filter(([name]) => !(KINDS as readonly string[]).includes(name))
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => (count === 1 ? name : `${count} × ${name}`));
    return [...known, ...others].join(', ');
  }
}

function kindOf(tool: ToolRun): Kind | null {
  const name = tool.name.toLowerCase().replace(/^.*[./:]/, '');
  for (const kind of KINDS) {
    if (kind === 'test') continue;
    if (NAMES[kind].test(name)) return kind === 'command' && TESTING.test(textOf(tool.input)) ? 'test' : kind;
  }
  return TESTING.test(name) || /^(?:run_?)?tests?$/.test(name) ? 'test' : null;
}

function fileOf({ input }: ToolRun): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const { kwargs, ...own } = input as Record<string, unknown>;
  // Inputs that follow the schema for tools hold what was named in `kwargs`.
  const fields: Record<string, unknown> = typeof kwargs === 'object' ? { ...own, ...kwargs } : own;
  for (const key of PATHS) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

function textOf(input: unknown): string {
  return typeof input === 'string' ? input.slice(0, 2000) : (JSON.stringify(input) ?? '').slice(0, 2000);
}
