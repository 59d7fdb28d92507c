import { z } from 'zod';
import { escalations } from './escalations.ts';
import { exchange } from './insights.ts';
import { reportTime, summary } from './summary.ts';
import { isTimezone } from '../domain/timezone.ts';
import { LEVELS } from '../domain/entry.ts';
import { DEFAULT_IDLE_TIMES } from '../domain/work-log.ts';
import { WORKSPACE_TYPES } from '../domain/workspace.ts';
import type { Owner } from '../domain/workspace.ts';

const MINUTE = 60_000;

/** In SQLite; in the bot's memory alone; in SQLite, with every ended session as a file beside it. */
export const STORAGES = ['sqlite', 'memory', 'file'] as const;

const share = z.number().min(0).max(1);
const days = z.int().min(1).max(36_500);
/** 0: for ever. */
const keptDays = z.int().min(0).max(36_500);
const words = z.array(z.string().min(1));
const minutes = z
  .number()
  .min(1)
  .max(60 * 24 * 365);

const owner = z.custom<Owner>(
  (value) => typeof value === 'string' && /^(?:everyone|(?:role|user):\d{17,20})$/.test(value),
  { error: 'must be "everyone", "role:<id>" or "user:<id>" with an id of Discord (17 to 20 digits)' },
);

const channelId = z.string().regex(/^\d{17,20}$/, { error: 'must be the id of a channel (17 to 20 digits)' });

const rule = z.strictObject({
  match: z.string().min(1).max(100),
  type: z.enum(WORKSPACE_TYPES),
  coordinator: z
    .string()
    .trim()
    .transform((name) => name.replace(/^@/, ''))
    .pipe(z.string().min(1).max(80))
    .optional(),
  owners: z.array(owner).min(1).optional(),
  escalation_channel: channelId.optional(),
  second_owner: owner
    .refine((second) => second !== 'everyone', { error: 'must be "role:<id>" or "user:<id>"' })
    .optional(),
  retention_days: keptDays.optional(),
  hold: z.boolean().optional(),
  summary_at: reportTime.optional(),
  summary_channel: channelId.optional(),
});

/** An empty list would keep nothing, which nobody means by a list. */
function kept<T extends z.ZodType>(what: T) {
  return z.array(what).min(1, {
    error:
      'must name at least one: leave the key out to keep all, or set work_logs.enabled to false to keep nothing',
  });
}

/** What is kept in a workspace of one type. */
function kind(defaults: { bots: boolean; coordination: boolean; alerts: boolean }) {
  return z
    .strictObject({
      log_bot_conversations: z.boolean().default(defaults.bots),
      log_coordination: z.boolean().default(defaults.coordination),
      retention_days: keptDays.optional(),
      escalation_alerts: z.boolean().default(defaults.alerts),
    })
    .prefault({});
}

const workLogs = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** Nothing is posted unless somebody asks for it. */
    silent: z.boolean().default(false),
    storage: z.enum(STORAGES).default('sqlite'),
    /** Of every type that does not say it itself. */
    retention_days: keptDays.optional(),
    /** Absent: every level. */
    log_levels: kept(z.enum(LEVELS)).optional(),
    /** Absent: every category, also those that agents make up. */
    categories: kept(z.string().min(1)).optional(),
    workspace_defaults: z
      .strictObject({
        open: kind({ bots: false, coordination: false, alerts: false }),
        project: kind({ bots: true, coordination: true, alerts: true }),
        direct: kind({ bots: true, coordination: false, alerts: false }),
        coordination: kind({ bots: true, coordination: true, alerts: true }),
      })
      .prefault({}),
    learning_exchange: z
      .strictObject({
        enabled: z.boolean().default(true),
        min_confidence: share.default(0.85),
        auto_approve: z.boolean().default(false),
        shareable_categories: words.default(['user_preference', 'tool_pattern', 'research_finding']),
      })
      .prefault({}),
    show_in_response: z.boolean().default(false),
    progressive_disclosure: z.boolean().default(true),
    default_mode: z
      .enum(['summary', 'detailed', 'debug', 'coordination', 'conversations'])
      .default('summary'),
    confidence_threshold: share.default(0.7),
    privacy: z
      .strictObject({
        mask_secrets: z.boolean().default(true),
        workspace_isolation: z.boolean().default(true),
        user_only_access: z.boolean().default(true),
      })
      .prefault({}),
  })
  .prefault({});

const idle = (type: keyof typeof DEFAULT_IDLE_TIMES) => minutes.default(DEFAULT_IDLE_TIMES[type] / MINUTE);

const timezone = z.string().refine(isTimezone, {
  error: 'must be a time zone of the IANA list, such as "Europe/Lisbon" or "UTC"',
});

/** The config file: every key is optional, an unknown one is an error. Names are public and as the file writes them. */
export const configFile = z.strictObject({
  work_logs: workLogs,
  workspaces: z.array(rule).default([]),
  timezone: timezone.default('UTC'),
  /** By level: the share of its entries that is kept. */
  sampling: z.partialRecord(z.enum(LEVELS), share).default({}),
  escalations,
  summary,
  exchange,
  artifacts: z
    .strictObject({
      /** What agents hand to one another is gone after so many days, taken or not. */
      expire_days: days.default(30),
    })
    .prefault({}),
  privacy: z
    .strictObject({
      /** The data of a server that has sent the bot away is deleted after so many days, unless it is let in again. */
      removed_guild_grace_days: z.int().min(0).max(3_650).default(7),
    })
    .prefault({}),
  backups: z
    .strictObject({
      /** So long the operator keeps copies of the database; absent: nobody said. People who ask to be forgotten are told. */
      keep_days: keptDays.optional(),
    })
    .prefault({}),
  catch_up: z
    .strictObject({
      /** After a time away so many messages of one channel or thread are read, the newest; the rest is a gap. */
      max_messages: z.int().min(100).max(20_000).default(5_000),
    })
    .prefault({}),
  sessions: z
    .strictObject({
      /** After so many minutes of silence a session is over. */
      idle_minutes: z
        .strictObject({
          open: idle('open'),
          direct: idle('direct'),
          project: idle('project'),
          coordination: idle('coordination'),
        })
        .prefault({}),
    })
    .prefault({}),
});
export type ConfigFile = z.output<typeof configFile>;
