import { detailsOf, unmarked } from './text.ts';

/** Which argument a tool's line shows. */
const SHOWN: Readonly<Record<string, string>> = {
  bash: 'command',
  shell: 'command',
  read: 'path',
  list: 'path',
  glob: 'pattern',
  grep: 'pattern',
  webfetch: 'url',
  skill: 'name',
};

/** What stands behind a tool's name: `_pnpm test_`, `*foo*` or `(key: value, …)`. Null when nothing does. */
export function readToolArguments(name: string, text: string): Record<string, unknown> | null {
  if (text === '') return null;
  const pairs = /^\((.*)\)$/.exec(text)?.[1];
  return pairs === undefined ? { [SHOWN[name] ?? 'text']: unmarked(text) } : readPairs(pairs);
}

/** `key: value, other: value`; a comma within a value is kept when no key follows it. */
function readPairs(text: string): Record<string, unknown> {
  const pairs = text.split(/, (?=[A-Za-z_][\w-]{0,40}: )/).map((pair) => {
    const colon = pair.indexOf(': ');
    return colon === -1 ? ['text', pair] : [pair.slice(0, colon), pair.slice(colon + 2)];
  });
  return Object.fromEntries(pairs) as Record<string, unknown>;
}

const FILE = /(?:\*((?:[^*\\]|\\.)+)\* )?\((?:\+(\d+)-(\d+)|(\d+) lines?)\)(?:, |$)/y;

/** `*a.ts* (+3-1)`, `*b.ts* (12 lines)`, or several of them. */
export function readFileEdits(text: string): Record<string, unknown> | null {
  const files: (Record<string, unknown> | undefined)[] = [];
  FILE.lastIndex = 0;
  while (FILE.lastIndex < text.length) {
    const match = FILE.exec(text);
    if (!match) return null;
    const [, path, added, removed, lines] = match;
    files.push(
      detailsOf({
        path: path === undefined ? undefined : unmarked(path),
        added: numberOf(added),
        removed: numberOf(removed),
        lines: numberOf(lines),
      }),
    );
  }
  if (files.length === 0) return null;
  return files.length === 1 ? files[0]! : { files };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
