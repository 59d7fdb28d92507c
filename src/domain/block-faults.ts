import type { z } from 'zod';
import { shortKey } from './json.ts';

type Issue = z.core.$ZodIssue;

/** More than these make nobody wiser. */
const MAX_FAULTS = 5;

/**
 * What is wrong with a block, one text per fault: the path of the field and the reason. Values are never repeated, for they may be
 * long or secret. Paths start with the entry's index in a `list`.
 */
export function describeFaults(issues: readonly Issue[], shape: 'single' | 'list'): string[] {
  const faults = issues.flatMap((issue) => {
    const path = shape === 'list' ? issue.path : issue.path.slice(1);
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${pathText([...path, key])}: unknown field`)
      : [`${pathText(path)}: ${reasonOf(issue)}`];
  });
  const left = faults.length - MAX_FAULTS;
  return left > 0 ? [...faults.slice(0, MAX_FAULTS), `and ${left} more`] : faults;
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the block';
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${shortKey(String(key))}`,
    '',
  );
}

/** `Invalid option: expected one of "a"|"b"` as `expected one of a, b`. */
function reasonOf({ message }: Issue): string {
  return message
    .replace(/^(?:Invalid (?:input|option)|Too (?:small|big)): /, '')
    .replaceAll('"', '')
    .replaceAll('|', ', ');
}
