import { z } from 'zod';
import { isReportTime } from '../domain/report-time.ts';
import type { WorkspaceType } from '../domain/workspace.ts';

/** When a report comes: never, at a time of day, or by a cron expression. */
export const reportTime = z.string().refine((when) => when === 'off' || isReportTime(when), {
  error: 'must be "off", a time of day such as "08:00", or a cron expression such as "0 8 * * 1-5"',
});

/** What is reported when. */
export const summary = z
  .strictObject({
    /** By type of workspace; a rule or a command may say otherwise for one. */
    at: z
      .strictObject({
        open: reportTime.default('off'),
        project: reportTime.default('08:00'),
        direct: reportTime.default('off'),
        coordination: reportTime.default('08:00'),
      })
      .prefault({}),
    /** A time in which nothing happened is passed over, or gets one line. */
    quiet: z.enum(['skip', 'line']).default('skip'),
    /** Writes two sentences from the report's own lines; its key is SUMMARY_LLM_KEY. */
    llm: z
      .strictObject({
        url: z.url({
          protocol: /^https?$/,
          error: 'must be the http(s) URL of an OpenAI-compatible endpoint',
        }),
        model: z.string().min(1).max(200),
      })
      .optional(),
  })
  .prefault({});

export interface SummaryRules {
  /** `off`, `HH:MM` or a cron expression. */
  at: Record<WorkspaceType, string>;
  quiet: 'skip' | 'line';
  /** `url` without a trailing slash. */
  llm: { url: string; model: string; key: string | null } | null;
}

export function summaryRules(
  { at, quiet, llm }: z.output<typeof summary>,
  key: string | undefined,
): SummaryRules {
  return {
    at,
    quiet,
    llm: llm ? { url: llm.url.replace(/\/+$/, ''), model: llm.model, key: key ?? null } : null,
  };
}
