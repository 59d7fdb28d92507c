import { getArtifact, listArtifacts, takeArtifact } from './artifacts.ts';
import type { AgentFunction } from './define.ts';
import { awaitDecision, escalate } from './escalating.ts';
import { ackInsight, listInsights, proposeInsight } from './insights.ts';
import { endSession, handoff, logEntries, logTool, startSession } from './logging.ts';
import { explain, how, listLogs } from './reading.ts';

const all = [
  logEntries,
  logTool,
  startSession,
  endSession,
  handoff,
  escalate,
  awaitDecision,
  explain,
  how,
  listLogs,
  listArtifacts,
  getArtifact,
  takeArtifact,
  listInsights,
  ackInsight,
  proposeInsight,
] as const;

/** All that a program can ask for. */
export const functions: readonly AgentFunction[] = all;

/** Each of them by its name, with its types. */
export type Functions = { [F in (typeof all)[number] as F['name']]: F };
