import type { Policy, RecordingRules } from '../domain/policy.ts';
import type { IdleTimes } from '../domain/work-log.ts';
import { WORKSPACE_TYPES } from '../domain/workspace.ts';
import type { WorkspaceType } from '../domain/workspace.ts';
import type { ConfigFile } from './file.ts';

const MINUTE = 60_000;

/** What the config file says about recording, as the rules that the recorder follows. */
export function recordingRules(file: ConfigFile): RecordingRules {
  const { mask_secrets: maskSecrets } = file.work_logs.privacy;
  return { idle: idleTimes(file), policy: policy(file), maskSecrets };
}

function idleTimes({ sessions }: ConfigFile): IdleTimes {
  return byType((type) => sessions.idle_minutes[type] * MINUTE);
}

function policy({ work_logs: logs, sampling }: ConfigFile): Policy {
  const { enabled, min_confidence, shareable_categories } = logs.learning_exchange;
  return {
    levels: logs.log_levels ?? null,
    categories: logs.categories ?? null,
    types: byType((type) => ({
      logBotConversations: logs.workspace_defaults[type].log_bot_conversations,
      logCoordination: logs.workspace_defaults[type].log_coordination,
    })),
    sampling,
    confidenceThreshold: logs.confidence_threshold,
    insights: enabled ? { minConfidence: min_confidence, categories: shareable_categories } : null,
  };
}

function byType<T>(of: (type: WorkspaceType) => T): Record<WorkspaceType, T> {
  return Object.fromEntries(WORKSPACE_TYPES.map((type) => [type, of(type)])) as Record<WorkspaceType, T>;
}
