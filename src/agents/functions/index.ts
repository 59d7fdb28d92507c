import { getArtifact, listArtifacts, takeArtifact } from './artifacts.ts';
import type { AgentFunction } from './define.ts';
import { awaitDecision, escalate } from './escalating.ts';
import { endSession, handoff, logEntries, logTool, startSession } from './logging.ts';
import { explain, how, listLogs } from './reading.ts';

/** All that a program can ask for. */
export const functions: readonly AgentFunction[] = [
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
];
