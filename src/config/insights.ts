import { CronExpressionParser } from 'cron-parser';
import { validate } from 'node-cron';
import { z } from 'zod';
import { DEFAULT_INSIGHT_RULES } from '../domain/insight.ts';
import type { InsightRules } from '../domain/insight.ts';
import type { ConfigFile } from './file.ts';

const DAY = 24 * 60 * 60_000;

const cron = z.string().refine((expression) => validate(expression) && isParsed(expression), {
  error: 'must be a cron expression such as "0 * * * *"',
});

const channelId = z.string().regex(/^\d{17,20}$/, { error: 'must be the id of a channel (17 to 20 digits)' });

/** When and where bots are told what others have learned. */
export const exchange = z
  .strictObject({
    /** When approved insights are handed out, by the clock of the time zone. */
    every: cron.default('0 * * * *'),
    /** Where that is told instead of in the workspace's own channel, as long as all who see it may see the workspace. */
    channel: channelId.optional(),
    /** So long an insight holds until somebody confirms it. */
    expire_days: z
      .int()
      .min(1)
      .max(36_500)
      .default(DEFAULT_INSIGHT_RULES.expireAfter / DAY),
  })
  .prefault({});

export interface ExchangeRules {
  /** A cron expression. */
  every: string;
  channelId: string | null;
}

export function exchangeRules({ exchange: { every, channel } }: ConfigFile): ExchangeRules {
  return { every, channelId: channel ?? null };
}

/** What the config file says about what is learned, as the rules that the store follows. */
export function insightRules({ work_logs: logs, exchange: { expire_days } }: ConfigFile): InsightRules {
  const { enabled, min_confidence, auto_approve, shareable_categories } = logs.learning_exchange;
  return {
    ...DEFAULT_INSIGHT_RULES,
    enabled: enabled && logs.enabled,
    minConfidence: min_confidence,
    categories: shareable_categories,
    autoApprove: auto_approve,
    expireAfter: expire_days * DAY,
    announce: !logs.silent,
  };
}

/** One library runs the schedule, the other tells when that is next: both have to understand it. */
function isParsed(expression: string): boolean {
  try {
    CronExpressionParser.parse(expression);
    return true;
  } catch {
    return false;
  }
}
