import type { Rule } from '../rule.ts';
import { sourceOf } from '../shape.ts';
import type { Shape } from '../shape.ts';
import { readAssignment, trimEnd } from './assignment.ts';
import { isChecksum } from './names.ts';

/** A secret that looks like any other random text, but for its provider's name before it. */
export interface Named {
  /** What the marker says: `[masked:<kind>]`. */
  kind: string;
  /** What the provider is called in names of settings, in lower case. */
  names: readonly string[];
  /** Its documented formats. */
  values: readonly Shape[];
}

/** Looks for values in the documented formats of a provider that are assigned to a name with the provider in it. */
export function namedRules({ kind, names, values }: Named): Rule[] {
  const formats = new RegExp(`^(?:${values.map(sourceOf).join('|')})$`);
  return names.map((name) => ({
    certainty: 'provider named',
    triggers: [name],
    find(text, at) {
      const assignment = readAssignment(text, at, at + name.length);
      if (assignment === null || isChecksum(assignment.rest, assignment.value)) return null;
      const { start } = assignment;
      const value = trimEnd(assignment.value, ')]}.|*&:');
      if (!formats.test(value) || !isSecretLike(value, assignment.rest)) return null;
      return { start, end: start + value.length, kind };
    },
  }));
}

/** A word has no digit, an id no letter; two parts make a pair of name and key. Letters alone must be called secret. */
function isSecretLike(value: string, rest: string): boolean {
  if (/[\d:]/.test(value)) return value.length > 24 || /[A-Za-z]/.test(value);
  return /key|token|secret|pass|auth|cred/i.test(rest) && /^[A-Za-z]+$/.test(value);
}
