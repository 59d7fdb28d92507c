import { resolve } from 'node:path';
import { camelKeys } from './config/camel.ts';
import type { CamelKeys } from './config/camel.ts';
import { agentApi } from './config/agent-api.ts';
import type { Environment } from './config/env.ts';
import type { ConfigFile } from './config/file.ts';
import { escalationRules } from './config/escalations.ts';
import { exchangeRules, insightRules } from './config/insights.ts';
import type { ExchangeRules } from './config/insights.ts';
import { summaryRules } from './config/summary.ts';
import type { SummaryRules } from './config/summary.ts';
import { readConfigFile, readEnvironment } from './config/reading.ts';
import type { Variables } from './config/reading.ts';
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
