import type { Form } from './form.ts';

/** Looks at one present value and reports what Discord would refuse about it. */
export type Check = (value: unknown, form: Form) => void;

export interface Range {
  min?: number;
  max?: number;
}

/** Length in Unicode code points: Discord counts an emoji outside the basic plane as one character. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

export const anything: Check = () => undefined;

export function string(range: Range = {}): Check {
  return (value, form) => {
    if (typeof value !== 'string') {
      form.fail('STRING_TYPE_CONVERT', `Could not interpret "${String(value)}" as string.`);
    } else checkLength(lengthOf(value), range, form);
  };
}

export function integer({ min, max }: Range = {}): Check {
  return (value, form) => {
    if (!isIntegral(value)) form.fail('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
    else checkBounds(Number(value), { ...pick(min, 'min'), ...pick(max, 'max') }, 'int', form);
  };
}

export function number(range: Range = {}): Check {
  return (value, form) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      form.fail('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not float.`);
    } else checkBounds(value, range, 'float', form);
  };
}

export const boolean: Check = (value, form) => {
  if (typeof value !== 'boolean') form.fail('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
};

export const snowflake: Check = (value, form) => {
  if (!/^\d{1,20}$/.test(String(value))) {
    form.fail('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not snowflake.`);
  }
};

/** A permission set: a decimal number, as a string or (deprecated) as a JSON number. */
export const permissionBits: Check = (value, form) => {
  if (!/^\d{1,20}$/.test(String(value))) {
    form.fail('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
  }
};

export function oneOf(choices: readonly (string | number)[]): Check {
  return (value, form) => {
    if (choices.includes(value as string | number)) return;
    const shown = choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : choice)).join(', ');
    form.fail('BASE_TYPE_CHOICES', `Value must be one of {${shown}}.`);
  };
}

export const isoDate: Check = (value, form) => {
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return;
  form.fail('DATE_TIME_TYPE_PARSE', `Could not parse ${String(value)}. Should be ISO8601.`);
};

export function url(schemes: readonly string[], max = 2048): Check {
  return (value, form) => {
    string({ max })(value, form);
    if (typeof value !== 'string') return;
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/\S/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || !URL.canParse(value)) {
      form.fail('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    } else if (!schemes.includes(scheme)) {
      const known = schemes.map((name) => `'${name}'`).join(', ');
      form.fail(
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${scheme}" is not supported. Scheme must be one of (${known}).`,
      );
    }
  };
}

export function list(item: Check, range: Range & { unique?: boolean } = {}): Check {
  return (value, form) => {
    if (!Array.isArray(value)) {
      form.fail('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return;
    }
    checkLength(value.length, range, form);
    const seen = new Set<unknown>();
    for (const [index, member] of value.entries()) {
      if (range.unique === true && seen.has(member)) {
        form.at(index).fail('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
      }
      seen.add(member);
      if (member === undefined || member === null) form.at(index).required();
      else item(member, form.at(index));
    }
  };
}

/**
 * An object whose members are checked by name. Optional members may be absent or null. A member that is not
 * named here is refused: Discord ignores it, but no sender means to have a field ignored.
 */
export function object(fields: Record<string, Check>, required: readonly string[] = []): Check {
  return (value, form) => {
    openObject(fields, required)(value, form);
    if (!isRecord(value)) return;
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name))
        form.at(name).fail('UNKNOWN_FIELD', `Field "${name}" is not known here.`);
    }
  };
}

/** As {@link object}, but for what clients send back as they keep it, with members of their own. */
export function openObject(fields: Record<string, Check>, required: readonly string[] = []): Check {
  const checks = Object.entries(fields);
  return (value, form) => {
    if (!isRecord(value)) {
      form.fail('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
      return;
    }
    for (const name of required) if (isAbsent(value[name])) form.at(name).required();
    for (const [name, check] of checks) if (!isAbsent(value[name])) check(value[name], form.at(name));
  };
}

/** An object whose member `type` decides which of the given checks it must pass. */
export function byType(kinds: Readonly<Record<number, Check>>): Check {
  return (value, form) => {
    if (!isRecord(value)) {
      form.fail('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
    } else if (isAbsent(value['type'])) {
      form.at('type').required();
    } else {
      const type = value['type'];
      const check = typeof type === 'number' ? kinds[type] : undefined;
      if (check) check(value, form);
      else form.at('type').fail('UNION_TYPE_CHOICES', typeChoices(Object.keys(kinds)));
    }
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The list at `key` of a body that may be malformed; empty when there is none. */
export function listAt(value: unknown, key: string): unknown[] {
  const member = isRecord(value) ? value[key] : undefined;
  return Array.isArray(member) ? member : [];
}

/** The text at `key` of a body that may be malformed; empty when there is none. */
export function textAt(value: unknown, key: string): string {
  const member = isRecord(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : '';
}

function typeChoices(kinds: string[]): string {
  return `Value of field "type" must be one of (${kinds.length === 1 ? `${kinds[0]},` : kinds.join(', ')}).`;
}

function checkLength(length: number, { min = 0, max = Infinity }: Range, form: Form): void {
  if (length >= min && length <= max) return;
  if (min > 0 && max < Infinity) {
    form.fail('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  } else if (length > max) form.fail('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
  else form.fail('BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
}

function checkBounds(value: number, { min = -Infinity, max = Infinity }: Range, kind: string, form: Form) {
  if (value > max) form.fail('NUMBER_TYPE_MAX', `${kind} value should be less than or equal to ${max}.`);
  if (value < min) form.fail('NUMBER_TYPE_MIN', `${kind} value should be greater than or equal to ${min}.`);
}

function isIntegral(value: unknown): boolean {
  return typeof value === 'number'
    ? Number.isInteger(value)
    : typeof value === 'string' && /^-?\d+$/.test(value);
}

function pick<K extends string>(value: number | undefined, key: K): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, number>);
}
