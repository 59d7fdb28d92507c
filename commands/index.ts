import type { Command } from '../src/discord/command.ts';
import { bot } from './bot.ts';
import { escalateThis } from './escalate-this.ts';
import { escalate } from './escalate.ts';
import { escalations } from './escalations.ts';
import { explainThis } from './explain-this.ts';
import { explain } from './explain.ts';
import { exportLog } from './export.ts';
import { how } from './how.ts';
import { insights } from './insights.ts';
import { shareAsInsight } from './share-as-insight.ts';
import { privacy } from './privacy.ts';
import { status } from './status.ts';
import { summary } from './summary.ts';
import { workspaceLogs } from './workspace-logs.ts';
import { workspace } from './workspace.ts';

/** All that people can ask of the bot. */
export const commands: Command[] = [
  explain,
  how,
  workspaceLogs,
  workspace,
  bot,
  exportLog,
  summary,
  status,
  privacy,
  escalate,
  escalations,
  insights,
  explainThis,
  escalateThis,
  shareAsInsight,
];
