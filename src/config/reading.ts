import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from '../errors.ts';
import { duplicateKeys } from './duplicates.ts';
import { environment } from './env.ts';
import type { Environment } from './env.ts';
import { describeIssues } from './faults.ts';
import { configFile } from './file.ts';
import type { ConfigFile } from './file.ts';
import { parseJson } from './json.ts';
import { describeConflicts } from './rules.ts';

export type Variables = Record<string, string | undefined>;

/**
 * The environment, and `.env` in `cwd` beside it: real variables win.
 *
 * @throws ConfigError that names every bad variable, and no value
 */
export function readEnvironment({ env, cwd }: { env: Variables; cwd: string }): Environment {
  const checked = environment.safeParse({ ...readDotEnv(resolve(cwd, '.env')), ...withoutEmpty(env) });
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  throw configError('The environment (or .env) has values that cannot be used:', faults);
}

/**
 * The config file at `named`; where none is named, the one at the usual place, which is optional.
 *
 * @throws ConfigError that names every fault in it, by its path
 */
export function readConfigFile(named: string | undefined, cwd: string): ConfigFile {
  const path = resolve(cwd, named ?? 'work-logs.config.json');
  if (named === undefined && !existsSync(path)) return configFile.parse({});
  return checkConfigFile(path, readText(path, 'Create it, or correct or unset WORK_LOGS_CONFIG.'));
}

function readDotEnv(path: string): Variables {
  if (!existsSync(path)) return {};
  return withoutEmpty(parseEnv(readText(path, 'It is read because it lies in the working directory.')));
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
}

function checkConfigFile(path: string, text: string): ConfigFile {
  const json = parseJson(text);
  if ('fault' in json) {
    const { line, column, reason } = json.fault;
    throw new ConfigError(`${path} is not JSON: line ${line}, column ${column}: ${reason}.`);
  }
  const twice = duplicateKeys(text).map((key) => `${key}: stands there twice: remove one`);
  if (twice.length > 0) throw configError(`${path} needs mending:`, twice);
  const checked = configFile.safeParse(json.value);
  const faults = checked.success
    ? describeConflicts(checked.data.workspaces)
    : describeIssues(checked.error.issues);
  if (faults.length > 0) throw configError(`${path} needs mending:`, faults);
  return checked.data!;
}

function readText(path: string, advice: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = FILE_FAULTS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read';
    throw new ConfigError(`${path} ${reason}. ${advice}`);
  }
}

const FILE_FAULTS: Record<string, string> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory, not a file',
  EACCES: 'may not be read by this user',
};

function configError(heading: string, faults: readonly string[]): ConfigError {
  return new ConfigError([heading, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
}
