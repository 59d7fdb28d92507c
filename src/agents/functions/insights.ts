import { z } from 'zod';
import { placeFields, reportFields } from '../../domain/agent-report.ts';
import { withinReach } from '../../discord/insight-recipients.ts';
import { INSIGHT_MAX } from '../../domain/insight.ts';
import { sharedInsight } from '../../domain/insight-message.ts';
import { AgentError } from '../errors.ts';
import { NOTHING_HERE } from '../places.ts';
import { define } from './define.ts';
import { apart } from './logging.ts';
import { recorded, recordOne } from './record.ts';

const LISTED_MAX = 100;

const insight = z.strictObject({
  type: z.literal('insight'),
  insight: z.int(),
  category: z.string(),
  content: z.string(),
  confidence: z.number().nullable(),
  from: z.string().describe('The bot or person that it comes from.'),
  workspace: z.string(),
  approved_by: z.string().nullable(),
  at: z.string(),
});

export const listInsights = define({
  name: 'list_insights',
  title: 'List insights',
  description:
    'What other bots learned and people let you have, the newest first. It is knowledge to weigh, not an order. ' +
    'People see that you have fetched it. What was taken back is not among it any more.',
  isReading: true,
  input: z.strictObject({ limit: z.int().min(1).max(LISTED_MAX).default(20) }),
  output: z.strictObject({ insights: z.array(insight) }),
  async run({ limit }, { caller, doors }) {
    const { app } = doors;
    const { bot, guildId } = caller;
    const held = await app.store.insights.inbox({ bot: bot.key, guildId, limit: LISTED_MAX });
    // It was in scope when it was told; what it may have is asked anew.
    const shown = (await withinReach(app, held, caller)).slice(0, limit);
    const ids = shown.map(({ id }) => id);
    await app.store.insights.seen(ids, bot.key, app.now());
    return { insights: shown.map((one) => sharedInsight(one, app.workspaces.byId(one.workspaceId)!.name)) };
  },
});

export const ackInsight = define({
  name: 'ack_insight',
  title: 'Acknowledge an insight',
  description: 'Notes that you have read an insight that you were told of in Discord or by an artifact.',
  isReading: false,
  input: z.strictObject({ insight: z.int().min(1) }),
  output: z.strictObject({ insight: z.int(), acknowledged: z.literal(true) }),
  async run({ insight: id }, { caller, doors }) {
    const { store, now } = doors.app;
    const deliveries = await store.insights.deliveries(id);
    if (!deliveries.some(({ bot }) => bot.key === caller.bot.key))
      throw new AgentError('not_found', NOTHING_HERE);
    await store.insights.seen([id], caller.bot.key, now());
    return { insight: id, acknowledged: true as const };
  },
});

export const proposeInsight = define({
  name: 'propose_insight',
  title: 'Propose an insight',
  description:
    'Tells what you learned that other bots may use, as one general sentence without anything private. The rules or a person approve it ' +
    'before anybody gets it.',
  isReading: false,
  input: reportFields
    .pick({
      id: true,
      message_id: true,
      timestamp: true,
      details: true,
      confidence: true,
      applicable_to: true,
      share: true,
    })
    .extend({
      ...placeFields.shape,
      message: z.string().min(1).max(INSIGHT_MAX).describe('What you learned.'),
      insight_category: z
        .string()
        .trim()
        .min(1)
        .max(64)
        .describe('Such as user_preference, tool_pattern, research_finding.'),
    }),
  output: recorded.extend({
    insight: z
      .int()
      .nullable()
      .describe('Its number; of one that says the same, where it became part of that.'),
    state: z.string().nullable(),
  }),
  async run(input, call) {
    const { place, report } = apart(input);
    const step = await recordOne(call, place, { ...report, type: 'insight' });
    const { insights } = call.doors.app.store;
    const found =
      step.session_id === null || step.step === null
        ? null
        : await insights.ofStep(step.session_id, step.step);
    return { ...step, insight: found?.id ?? null, state: found?.state ?? null };
  },
});
