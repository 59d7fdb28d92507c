import { z } from 'zod';
import { DEFAULT_ESCALATION_RULES } from '../domain/escalation-times.ts';
import type { EscalationRules } from '../domain/escalation.ts';
import { WORKSPACE_TYPES } from '../domain/workspace.ts';
import type { ConfigFile } from './file.ts';

const MINUTE = 60_000;

const minutes = z
  .number()
  .min(1)
  .max(60 * 24 * 365);

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, {
  error: 'must be a time of day such as "22:00"',
});

const { maxPingsPerHour, reopenAfter, remindAfter } = DEFAULT_ESCALATION_RULES;

/** When people are told of the decisions that agents need, and how often. */
export const escalations = z
  .strictObject({
    /** In each workspace; what is beyond is told in one line. */
    max_pings_per_hour: z.int().min(1).max(1000).default(maxPingsPerHour),
    /** One that was acknowledged and is not decided asks again after so long. */
    reopen_after_minutes: minutes.default(reopenAfter / MINUTE),
    /** Reminders, counted from the card; one a day follows. */
    remind_after_minutes: z
      .array(minutes)
      .max(20)
      .refine((all) => all.every((each, index) => index === 0 || each > all[index - 1]!), {
        error: 'must grow from one to the next',
      })
      .default(remindAfter.map((wait) => wait / MINUTE)),
    /** Hours of the local clock in which nobody is pinged but for what is critical. */
    quiet_hours: z
      .strictObject({ from: clock, to: clock })
      .refine(({ from, to }) => from !== to, { error: 'must begin and end at different times' })
      .optional(),
  })
  .prefault({});

/** What the config file says about telling people, as the rules that the store follows. */
export function escalationRules({
  escalations: told,
  timezone,
  work_logs: logs,
}: ConfigFile): EscalationRules {
  const alerts = WORKSPACE_TYPES.map((type) => [
    type,
    !logs.silent && logs.workspace_defaults[type].escalation_alerts,
  ]);
  return {
    ...DEFAULT_ESCALATION_RULES,
    alerts: Object.fromEntries(alerts) as EscalationRules['alerts'],
    timezone,
    quietHours: told.quiet_hours
      ? { fromMinute: minuteOf(told.quiet_hours.from), toMinute: minuteOf(told.quiet_hours.to) }
      : null,
    maxPingsPerHour: told.max_pings_per_hour,
    remindAfter: told.remind_after_minutes.map((wait) => wait * MINUTE),
    reopenAfter: told.reopen_after_minutes * MINUTE,
  };
}

function minuteOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour! * 60 + minute!;
}
