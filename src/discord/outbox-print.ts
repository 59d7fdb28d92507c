import { createHash } from 'node:crypto';

/** What of a message is read or pressed; Discord gives all of it back as it was sent, with numbers and defaults of its own around it. */
const SAID = new Set([
  'content',
  'title',
  'description',
  'name',
  'value',
  'text',
  'label',
  'custom_id',
  'url',
]);
/** Where these are: files and mentions come back changed. */
const WITHIN = new Set(['embeds', 'fields', 'footer', 'components', 'accessory']);

/**
 * A hash of what a message says, the same for what is sent and for what Discord shows of it. `body`: of Create Message, or a message
 * as Discord gives it.
 */
export function printOf(body: object): string {
  const said: string[] = [];
  collect(body, said);
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

function collect(part: object, said: string[]): void {
  for (const key of Object.keys(part).sort()) {
    const value = (part as Record<string, unknown>)[key];
    if (SAID.has(key) && typeof value === 'string') {
      if (value.trim() !== '') said.push(key, value.trim());
    } else if (WITHIN.has(key) && typeof value === 'object' && value !== null) {
      for (const inner of Array.isArray(value) ? value : [value]) collect(inner as object, said);
    }
  }
}
