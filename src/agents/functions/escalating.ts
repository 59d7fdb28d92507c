import { setTimeout as elapsed } from 'node:timers/promises';
import { z } from 'zod';
import { placeFields, reportFields } from '../../domain/agent-report.ts';
import { answerOf } from '../../domain/escalation-answer.ts';
import { ESCALATION_STATES, WAITING } from '../../domain/escalation.ts';
import type { Escalation } from '../../domain/escalation.ts';
import type { Call } from '../doors.ts';
import { AgentError } from '../errors.ts';
import { NOTHING_HERE, readableLog } from '../places.ts';
import { define } from './define.ts';
import { apart } from './logging.ts';
import { recorded, recordOne } from './record.ts';

export const escalate = define({
  name: 'escalate',
  title: 'Ask a person to decide',
  description:
    'Asks the people who own the workspace for a decision, with a card in Discord. Use it when you must not decide alone. ' +
    'Then call await_decision with the number that this gives.',
  isReading: false,
  input: reportFields
    .pick({
      id: true,
      message_id: true,
      timestamp: true,
      details: true,
      message: true,
      options: true,
      default: true,
      severity: true,
      timeout: true,
      on_timeout: true,
      dedupe_key: true,
      confidence: true,
      response_to: true,
    })
    .extend({
      ...placeFields.shape,
      reason: z.string().min(1).describe('What has to be decided, and why.'),
    }),
  output: recorded.extend({
    escalation: z
      .int()
      .nullable()
      .describe(
        'Its number, for await_decision; of one that asked the same before, where it became part of that.',
      ),
  }),
  async run(input, call) {
    const { place, report } = apart(input);
    const step = await recordOne(call, place, { ...report, type: 'escalation' });
    const { store } = call.doors.app;
    const raised =
      step.session_id === null || step.step === null
        ? null
        : await store.escalations.byStep(step.session_id, step.step);
    return { ...step, escalation: raised && (raised.mergedInto ?? raised.id) };
  },
});

const WAIT_MAX = 50;
/** How often it is looked whether somebody has decided, in ms. */
const LOOK_EVERY = 200;

const answer = z.strictObject({
  type: z.literal('decision'),
  escalation: z.int(),
  dedupe_key: z.string().nullable(),
  outcome: z.enum(['decided', 'proceed', 'cancel']),
  option: z.string().nullable(),
  note: z.string().nullable(),
  decided_by: z.string().nullable(),
  at: z.string(),
  step: z.int(),
});

export const awaitDecision = define({
  name: 'await_decision',
  title: 'Wait for a decision',
  description:
    'Waits until a person has decided an escalation, at most wait_s seconds. `waiting` true: nobody has yet, call again. ' +
    'Else `answer` says what was decided, or what follows because nobody did; null: it was cancelled, and nobody will answer.',
  isReading: true,
  input: z.strictObject({
    escalation: z.int().min(1).describe('The number that escalate gave.'),
    wait_s: z.number().min(0).max(WAIT_MAX).default(25).describe('Seconds.'),
  }),
  output: z.strictObject({
    escalation: z.int(),
    state: z.enum(ESCALATION_STATES),
    waiting: z.boolean(),
    answer: answer.nullable(),
    cancelled_because: z.string().nullable(),
  }),
  async run({ escalation: id, wait_s }, call) {
    await readable(call, id);
    const { signal } = call;
    // Of this machine's clock: how long somebody waits is not a time that is recorded.
    const until = performance.now() + wait_s * 1000;
    for (;;) {
      const escalation = await current(call, id);
      const left = until - performance.now();
      if (!WAITING.includes(escalation.state) || left <= 0) {
        // What it may read may have changed while it waited.
        await readable(await asOfNow(call), id);
        return toldOf(call, id, escalation);
      }
      await elapsed(Math.min(LOOK_EVERY, left), undefined, { signal });
    }
  },
});

/** @throws AgentError for one that the bot may not read, as for one that there is not */
async function readable(call: Call, id: number): Promise<void> {
  const escalation = await call.doors.app.store.escalations.get(id);
  if (!escalation) throw new AgentError('not_found', NOTHING_HERE);
  await readableLog(call, escalation.sessionId);
}

async function asOfNow(call: Call): Promise<Call> {
  const { doors, caller } = call;
  const member = await doors.member(caller.guildId, caller.bot.key);
  if (!member) throw new AgentError('not_found', NOTHING_HERE);
  return { ...call, caller: { ...caller, member } };
}

/** What became part of another one is decided with it. */
async function current({ doors }: Call, id: number): Promise<Escalation> {
  const { escalations } = doors.app.store;
  const escalation = await escalations.get(id);
  if (!escalation) throw new AgentError('not_found', NOTHING_HERE);
  return escalation.mergedInto === null
    ? escalation
    : ((await escalations.get(escalation.mergedInto)) ?? escalation);
}

async function toldOf({ doors }: Call, id: number, escalation: Escalation) {
  const { state } = escalation;
  const waiting = WAITING.includes(state);
  const isAnswered = state === 'decided' || state === 'resolved' || state === 'expired';
  const events = state === 'cancelled' ? await doors.app.store.escalations.events(escalation.id) : [];
  return {
    escalation: id,
    state,
    waiting,
    answer: isAnswered ? answerOf(escalation) : null,
    cancelled_because: events.findLast(({ kind }) => kind === 'cancelled')?.reason ?? null,
  };
}
