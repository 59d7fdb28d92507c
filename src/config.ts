import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { camelKeys } from './config/camel.ts';
import type { CamelKeys } from './config/camel.ts';
import { duplicateKeys } from './config/duplicates.ts';
import { agentApi } from './config/agent-api.ts';
import { environment } from './config/env.ts';
import type { Environment } from './config/env.ts';
import { describeIssues } from './config/faults.ts';
import { configFile } from './config/file.ts';
import type { ConfigFile } from './config/file.ts';
import { parseJson } from './config/json.ts';
import { describeConflicts } from './config/rules.ts';
import { escalationRules } from './config/escalations.ts';
import { exchangeRules, insightRules } from './config/insights.ts';
import type { ExchangeRules } from './config/insights.ts';
import { summaryRules } from './config/summary.ts';
import type { SummaryRules } from './config/summary.ts';
import { recordingRules } from './config/recording.ts';
import { retentionDays } from './config/retention.ts';
import type { EscalationRules } from './domain/escalation.ts';
import type { InsightRules } from './domain/insight.ts';
import type { RecordingRules } from './domain/policy.ts';
import type { WorkspaceRule, WorkspaceSettings, WorkspaceType } from './domain/workspace.ts';
import { ConfigError } from './errors.ts';
import type { LogLevel } from './log.ts';

/** Everything that can be set, checked and typed. Durations are ms. */
export interface Config {
  discord: {
    /** Undefined: a local Discord is started instead. */
    token: string | undefined;
    /** REST base without a trailing slash; `/v10` is appended. */
    apiUrl: string;
    /** Commands are deployed to this server alone; undefined: everywhere. */
    guildId: string | undefined;
  };
  /** Where agents' programs reach the bot; null: nowhere. */
  agentApi: {
    host: string;
    port: number;
    /** Names, beside those of this machine and `host`, by which it may be called. */
    allowedHosts: string[];
  } | null;
  /** Absolute path of the SQLite file, or `:memory:`. */
  dbPath: string;
  /** Whether WORK_LOGS_DB, or the config file, says where the database is. */
  dbIsChosen: boolean;
  /** Which setting keeps the database off the disk, in words; null: it is on disk. */
  memoryBecause: string | null;
  /** Folder of the files of ended sessions, there or not: those that were once written are kept up to date. Null in memory. */
  sessionFolder: string | null;
  logLevel: LogLevel;
  /** IANA name. */
  timezone: string;
  /** When sessions end, and what is kept. */
  recording: RecordingRules;
  /** When people are told of the decisions that agents need, and how often. */
  escalations: EscalationRules;
  /** What is learned, and when it is shared. */
  insights: InsightRules;
  /** When and where bots are told what others have learned. */
  exchange: ExchangeRules;
  /** When it is reported what was done. */
  summary: SummaryRules;
  artifacts: {
    /** After so long what agents hand to one another is gone. */
    expireAfterMs: number;
  };
  /** After how many days what was said is deleted, by type, where nothing else is set; 0: never. */
  retentionDays: Record<WorkspaceType, number>;
  /** For so long the data of a server is kept that the bot is no member of any more. */
  removedGuildGraceMs: number;
  /** For so many days copies of the database are kept; null: nobody said. */
  backupDays: number | null;
  catchUp: {
    /** So many messages of one channel or thread are read after a time away, the newest; the rest is a gap. */
    maxMessages: number;
  };
  /** Which channels become workspaces, in the order of the file. */
  rules: WorkspaceRule[];
  workLogs: CamelKeys<ConfigFile['work_logs']>;
}

/** SQLite's own name for a database that is nowhere on disk. */
const MEMORY = ':memory:';

const DEFAULT_DB = './data/work-logs.db';

const DAY = 24 * 60 * 60_000;

type Variables = Record<string, string | undefined>;

/**
 * Reads the environment, `.env` beside it (real variables win) and the config file, once. Relative paths start at `cwd`.
 *
 * @throws ConfigError that names every fault found, and no value of a variable
 */
export function loadConfig({ env, cwd }: { env: Variables; cwd: string }): Config {
  const variables = readEnvironment({ env, cwd });
  const file = readConfigFile(variables.WORK_LOGS_CONFIG, cwd);
  if (file.work_logs.storage === 'file' && variables.WORK_LOGS_DB === MEMORY)
    throw new ConfigError(
      'work_logs.storage is "file", which needs a database on disk, but WORK_LOGS_DB is :memory:. Set it to the path of a file, or ' +
        'work_logs.storage to "memory".',
    );
  return assemble(variables, file, cwd);
}

/** The same with its database elsewhere, on disk. */
export function withDatabase(config: Config, path: string): Config {
  return { ...config, dbPath: path, sessionFolder: sessionFolderOf(path) };
}

function sessionFolderOf(dbPath: string): string | null {
  return dbPath === MEMORY ? null : `${dbPath}.sessions`;
}

/** Where Discord and the database are. */
export type Connections = Pick<Config, 'discord' | 'dbPath' | 'dbIsChosen' | 'memoryBecause'>;

/**
 * What the environment alone says, for whoever has to go on when the config file is broken.
 *
 * @throws ConfigError that names every bad variable, and no value
 */
export function loadConnections(from: { env: Variables; cwd: string }): Connections {
  return connections(readEnvironment(from), from.cwd);
}

function assemble(variables: Environment, file: ConfigFile, cwd: string): Config {
  const connected = connections(variables, cwd);
  const inMemory = {
    dbPath: MEMORY,
    dbIsChosen: true,
    memoryBecause: 'work_logs.storage is "memory" in the config file',
  };
  const database = file.work_logs.storage === 'memory' ? inMemory : connected;
  return {
    ...connected,
    ...database,
    sessionFolder: sessionFolderOf(database.dbPath),
    agentApi: agentApi(variables),
    logLevel: variables.LOG_LEVEL,
    timezone: file.timezone,
    recording: { ...recordingRules(file), reports: variables.AGENT_API_PORT !== undefined },
    escalations: escalationRules(file),
    insights: insightRules(file),
    exchange: exchangeRules(file),
    summary: summaryRules(file.summary, variables.SUMMARY_LLM_KEY),
    artifacts: { expireAfterMs: file.artifacts.expire_days * DAY },
    retentionDays: retentionDays(file),
    removedGuildGraceMs: file.privacy.removed_guild_grace_days * DAY,
    backupDays: file.backups.keep_days ?? null,
    catchUp: { maxMessages: file.catch_up.max_messages },
    rules: file.workspaces.map(ruleOf),
    workLogs: camelKeys(file.work_logs),
  };
}

function ruleOf({
  match,
  type,
  coordinator,
  owners,
  ...keys
}: ConfigFile['workspaces'][number]): WorkspaceRule {
  const settings: WorkspaceSettings = {
    escalationChannelId: keys.escalation_channel,
    secondOwner: keys.second_owner,
    summaryAt: keys.summary_at,
    summaryChannelId: keys.summary_channel,
    retentionDays: keys.retention_days,
    hold: keys.hold,
  };
  const isSet = Object.values(settings).some((value) => value !== undefined);
  return { match, type, coordinator, owners, ...(isSet && { settings }) };
}

function connections(variables: Environment, cwd: string): Connections {
  const db = variables.WORK_LOGS_DB ?? DEFAULT_DB;
  return {
    discord: {
      token: variables.DISCORD_TOKEN,
      apiUrl: variables.DISCORD_API_URL,
      guildId: variables.DISCORD_GUILD_ID,
    },
    dbPath: db === MEMORY ? db : resolve(cwd, db),
    dbIsChosen: variables.WORK_LOGS_DB !== undefined,
    memoryBecause: db === MEMORY ? 'WORK_LOGS_DB is :memory:' : null,
  };
}

function readEnvironment({ env, cwd }: { env: Variables; cwd: string }): Environment {
  const checked = environment.safeParse({ ...readDotEnv(resolve(cwd, '.env')), ...withoutEmpty(env) });
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  throw configError('The environment (or .env) has values that cannot be used:', faults);
}

function readDotEnv(path: string): Variables {
  if (!existsSync(path)) return {};
  return withoutEmpty(parseEnv(readText(path, 'It is read because it lies in the working directory.')));
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
}

/** Where no file is named, the one at the usual place is optional. */
function readConfigFile(named: string | undefined, cwd: string): ConfigFile {
  const path = resolve(cwd, named ?? 'work-logs.config.json');
  if (named === undefined && !existsSync(path)) return configFile.parse({});
  return checkConfigFile(path, readText(path, 'Create it, or correct or unset WORK_LOGS_CONFIG.'));
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
