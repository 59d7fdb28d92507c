import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/masking/providers/index.ts';
import type { Shape } from '../../src/masking/shape.ts';
import { masked, secretsOf } from './support.ts';

const FORMATS = PROVIDERS.flatMap(({ formats }) => formats);
const NAMED = PROVIDERS.flatMap(({ named }) => named);

/** Each format with each of its prefixes. */
const PREFIXED = FORMATS.flatMap((format) =>
  [format.prefix].flat().map((prefix) => ({ ...format, prefix, title: `${format.kind} ${prefix}` })),
);

describe('the table of providers', () => {
  it.each(PREFIXED)(
    'hides $title in prose, in quotes, in code and in a setting',
    ({ lead, prefix, body }) => {
      const secrets = secretsOf([...(lead ?? []), prefix, ...body]);
      fc.assert(
        fc.property(secrets, (secret) => {
          const tail = secret.slice(secret.lastIndexOf(prefix) + prefix.length);
          for (const place of PLACES) {
            const text = masked(place(secret));
            expect(text).not.toContain(secret);
            expect(tail.length >= 8 && text.includes(tail)).toBe(false);
          }
        }),
        { numRuns: 5, seed: 1 },
      );
    },
  );

  it.each(NAMED.flatMap((row) => row.names.map((name) => ({ ...row, name }))))(
    'hides the $kind that $name is set to',
    ({ name, values }) => {
      for (const shape of values) {
        fc.assert(
          fc.property(secretsOf(shape), (secret) => {
            for (const assign of ASSIGNMENTS) expect(masked(assign(name, secret))).not.toContain(secret);
          }),
          { numRuns: 5, seed: 1 },
        );
      }
    },
  );

  it('names what it hides', () => {
    for (const { kind } of [...FORMATS, ...NAMED])
      expect(kind).toMatch(/^[a-z\d]{1,16}(?:-[a-z]{1,12}){0,3}$/);
  });

  it('lets a run go on without an end only where the secret ends', () => {
    const bodies: Shape[] = [...FORMATS.map(({ body }) => body), ...NAMED.flatMap(({ values }) => values)];
    const inside = bodies.flatMap((shape) => shape.slice(0, -1));
    const runs = [...inside, ...FORMATS.flatMap(({ lead }) => lead ?? [])].filter(
      (part) => typeof part === 'object',
    );
    expect(Math.max(...runs.map(({ max }) => max))).toBeLessThanOrEqual(1000);
  });

  it('starts each secret with what the scan can look for', () => {
    for (const { prefix } of PREFIXED) expect(prefix).toMatch(/^(?:.{3,}|[^A-Za-z0-9])$/s);
    for (const { names } of NAMED) for (const name of names) expect(name).toMatch(/^[^A-Z]{3,}$/);
  });

  it('knows each prefix once for one shape', () => {
    const keys = PREFIXED.map(({ prefix, body }) => `${prefix} ${JSON.stringify(body)}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

const PLACES: ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `I rotated it: ${secret} is the new one, please try.`,
  (secret) => `\`\`\`\n${secret}\n\`\`\``,
  (secret) => JSON.stringify({ config: [`A=1\nB=${secret}\n`] }),
  (secret) => `export THING="${secret}"`,
  (secret) => `curl https://example.org/?a=${secret}`,
];

const ASSIGNMENTS: ((name: string, secret: string) => string)[] = [
  (name, secret) => `${name.toUpperCase()}_API_KEY=${secret}`,
  (name, secret) => `const ${name}Token: string = "${secret}";`,
  (name, secret) => `<${name}Token>\n    ${secret}\n</${name}Token>`,
  (name, secret) => JSON.stringify({ [`${name}_token`]: secret }),
  (name, secret) => `System.setProperty("${name}.secret", '${secret}')`,
];
