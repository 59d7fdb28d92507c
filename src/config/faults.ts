import { z } from 'zod';
import { configFile } from './file.ts';

type Issue = z.core.$ZodIssue;

/** One line per fault: the path of the key as it stands in the file, and what is wrong with it. No value is repeated. */
export function describeIssues(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${pathText([...issue.path, key])}: unknown key${knownKeys(issue.path)}`)
      : [`${pathText(issue.path)}: ${reasonOf(issue)}`],
  );
}

function reasonOf(issue: Issue): string {
  return issue.message.replace(/^Invalid (input|option): /, '').replace(/\|/g, ', ');
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  );
}

/** The keys that may stand at a path, read from the schema itself. */
function knownKeys(path: readonly PropertyKey[]): string {
  let node: Node | undefined = z.toJSONSchema(configFile, { io: 'input', unrepresentable: 'any' }) as Node;
  for (const key of path) node = typeof key === 'number' ? node?.items : node?.properties?.[String(key)];
  const keys = node?.propertyNames?.enum ?? Object.keys(node?.properties ?? {});
  return keys.length > 0 ? ` (known here: ${keys.join(', ')})` : '';
}

interface Node {
  properties?: Record<string, Node>;
  propertyNames?: { enum?: string[] };
  items?: Node;
}
