import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';
import { configFile } from '../../src/config/file.ts';
import { ConfigError } from '../../src/errors.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'work-logs-faults-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** What is said of a config file; null when it can be used. */
function complaint(content: unknown): string | null {
  writeFileSync(
    join(cwd, 'work-logs.config.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  try {
    loadConfig({ env: {}, cwd });
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

interface Node {
  properties?: Record<string, Node>;
}

/** The paths of all keys, from the schema itself: a key that is added later is tried as well. */
function pathsOf({ properties }: Node): string[][] {
  return Object.entries(properties ?? {}).flatMap(([key, inner]) => [
    [key],
    ...pathsOf(inner).map((path) => [key, ...path]),
  ]);
}

const PATHS = pathsOf(z.toJSONSchema(configFile, { io: 'input', unrepresentable: 'any' }) as Node);

const at = (path: readonly string[], value: unknown) =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

test.each(PATHS.map((path) => [path.join('.'), path] as const))(
  '%s of a wrong kind is named',
  (name, path) => {
    for (const wrong of [null, [[]], { 'no such key': 1 }]) {
      expect(complaint(at(path, wrong))).toMatch(new RegExp(`\\n  - ${name.replaceAll('.', '\\.')}[.:\\[]`));
    }
  },
);

test.each([
  [
    { work_logs: { log_levels: [] } },
    'work_logs.log_levels: must name at least one: leave the key out to keep all',
  ],
  [{ work_logs: { categories: [] } }, 'work_logs.categories: must name at least one'],
  [{ work_logs: { categories: ['tool', ''] } }, 'work_logs.categories[1]: Too small'],
  [{ work_logs: { storage: 'SQLite' } }, 'work_logs.storage: expected one of "sqlite", "memory", "file"'],
  [{ work_logs: { silent: 'yes' } }, 'work_logs.silent: expected boolean, received string'],
  [
    { work_logs: { learning_exchange: { min_confidence: 85 } } },
    'work_logs.learning_exchange.min_confidence: Too big',
  ],
  [
    { work_logs: { workspace_defaults: { secret: {} } } },
    'work_logs.workspace_defaults.secret: unknown key (known here: open, project',
  ],
  [{ sampling: { loud: 1 } }, 'sampling.loud: unknown key (known here: info, thinking'],
  [{ sampling: { info: -0.1 } }, 'sampling.info: Too small'],
  [
    '{"work_logs":{"confidence_threshold":1e999}}',
    'work_logs.confidence_threshold: expected number, received Infinity',
  ],
  ['{"work_logs":{"__proto__":{"enabled":false}}}', 'work_logs.__proto__: unknown key'],
  ['{"constructor":1}', 'constructor: unknown key'],
])('%j is refused, and it says why', (content, says) => {
  expect(complaint(content)).toContain(`  - ${says}`);
});

test.each([
  ['{"timezone":"UTC","timezone":"UTC"}', ['timezone']],
  ['{"work_logs":{"enabled":true},\n"work_logs" : {"enabled":false}}', ['work_logs']],
  [
    '{"work_logs":{"privacy":{"mask_secrets":true,"mask_secr\\u0065ts":false}}}',
    ['work_logs.privacy.mask_secrets'],
  ],
  [
    '{"workspaces":[{"match":"a","type":"open"},{"match":"b","match":"c","type":"open"}]}',
    ['workspaces[1].match'],
  ],
])('%s has a key twice, which is named', (content, keys) => {
  expect(complaint(content)?.split('\n').slice(1)).toEqual(
    keys.map((key) => `  - ${key}: stands there twice: remove one`),
  );
});

test.each([
  '{"workspaces":[{"match":"a:","type":"open"},{"match":"b\\":{\\"match","type":"open"}],"timezone":"UTC"}',
  '{"work_logs":{"workspace_defaults":{"open":{"log_coordination":true},"direct":{"log_coordination":true}}}}',
])('%s has none twice', (content) => {
  expect(complaint(content)).toBeNull();
});

test('a value is not repeated, for it may be one that stands there by mistake', () => {
  expect(complaint({ work_logs: { storage: 's3cret' }, timezone: 's3cret' })).not.toContain('s3cret');
});
