import { toAgentArtifact } from './artifact.ts';
import type { AgentArtifact } from './artifact.ts';
import { sameName } from './author.ts';
import type { Draft, Entry } from './entry.ts';
import { cutMessage } from './limits.ts';
import { dropReason, weighed } from './policy.ts';
import type { Policy } from './policy.ts';
import { newMemory, placeInSession, remember } from './session.ts';
import type { SessionMemory } from './session.ts';
import { botNameOf, draftOf } from './step.ts';
import type { Step } from './step.ts';
import { finished } from './tool-run.ts';
import type { ToolOutcome } from './tool-run.ts';
import { inputOf } from './tool-schema.ts';
import type { ToolCall } from './tool-schema.ts';
import { logText } from './work-log-text.ts';
import type { TextMode } from './work-log-text.ts';
import type { WorkspaceType } from './workspace.ts';

export interface WorkLogStart {
  sessionId: string;
  /** `#name`, or whatever the workspace is called. */
  workspaceId: string;
  workspaceType: WorkspaceType;
  query: string;
  /** Names of the bots present, with or without `@`. */
  participants?: string[] | undefined;
  coordinator?: string | null | undefined;
  workflowId?: string | null | undefined;
}

export interface Surroundings {
  policy: Policy;
  /** ms UTC. */
  now(): number;
}

/** A tool run that begins, with its input as it is or as the call that was made. */
export interface ToolStart {
  name: string;
  input?: unknown;
  call?: ToolCall | undefined;
  botName?: string | undefined;
}

/** Something that one bot learned and others may use. */
export interface Insight {
  sourceBot: string;
  content: string;
  category: string;
  confidence: number | null;
  workspace: string;
}

/**
 * A work log that is being written, in memory, by an agent's own program. It follows the same rules as what is recorded of Discord
 * (domain/session.ts, domain/policy.ts): a bot that is addressed is handed the work, an unsure decision is an uncertainty, and a
 * step that the policy does not keep is counted and gives null.
 */
export class LiveWorkLog {
  readonly sessionId: string;
  readonly workspaceId: string;
  readonly workspaceType: WorkspaceType;
  readonly query: string;
  readonly coordinator: string | null;
  readonly workflowId: string | null;
  readonly startedAt: number;
  /** Names of the bots present: those it began with, then others as they speak. */
  readonly participants: string[];
  /** Written by an agent for people. */
  summary: string | null = null;
  /** Ids of the artifacts that were handed on from it, as whoever hands them on adds them. */
  readonly artifactChain: string[] = [];
  readonly #surroundings: Surroundings;
  readonly #memory: SessionMemory;
  #entries: Entry[] = [];
  #dropped = 0;
  #endedAt: number | null = null;
  #finalOutput: string | null = null;

  constructor(start: WorkLogStart, surroundings: Surroundings) {
    const { sessionId, workspaceId, workspaceType, query, participants = [] } = start;
    this.sessionId = sessionId;
    this.workspaceId = workspaceId;
    this.workspaceType = workspaceType;
    this.query = cutMessage(query);
    this.coordinator = start.coordinator ? botNameOf(start.coordinator) : null;
    this.workflowId = start.workflowId ?? null;
    this.participants = participants.map(botNameOf);
    this.#surroundings = surroundings;
    this.startedAt = surroundings.now();
    this.#memory = newMemory(sessionId);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** How many steps the policy did not keep. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Null while it runs. */
  get endedAt(): number | null {
    return this.#endedAt;
  }

  get finalOutput(): string | null {
    return this.#finalOutput;
  }

  /** What others may learn from it. */
  get insightsForSharing(): Insight[] {
    return this.#entries.flatMap(({ author, message, insightCategory, confidence }) =>
      insightCategory === null
        ? []
        : [
            {
              sourceBot: author.name,
              content: message,
              category: insightCategory,
              confidence,
              workspace: this.workspaceId,
            },
          ],
    );
  }

  addEntry(step: Step): Entry | null {
    return this.#add({ ...this.#draftOf(step), origin: 'reported' });
  }

  /** What one bot says to others in plain words. Whom it mentions at the start of a line is asked to do something. */
  addBotMessage(
    said: Pick<Step, 'responseTo' | 'mentions'> & { botName: string; message: string },
  ): Entry | null {
    return this.#add(this.#draftOf({ ...said, category: 'bot_conversation' }));
  }

  /** A decision that a person has to make. */
  addEscalation({ reason, botName }: { reason: string; botName?: string | undefined }): Entry | null {
    return this.addEntry({
      level: 'coordination',
      category: 'escalation',
      message: reason,
      botName,
      coordinatorMode: true,
      escalation: true,
    });
  }

  /** A tool run that has begun; {@link finishTool} says how it came out. */
  startTool({ name, input, call, botName = this.#speaker }: ToolStart): Entry | null {
    const toolInput = call ? inputOf(call, botNameOf(botName), this.#surroundings.now()) : input;
    return this.addEntry({ botName, message: `Executing ${name}`, toolName: name, toolInput });
  }

  /** @throws RangeError when the step is no tool run of this log */
  finishTool(step: number, outcome: ToolOutcome): Entry {
    const entry = this.#entries[step - 1];
    if (!entry?.tool) throw new RangeError(`Step ${step} of ${this.sessionId} is no tool run`);
    const done = finished(entry, outcome, this.#surroundings.now());
    this.#entries[step - 1] = done;
    return done;
  }

  /** Ends it, once; gives what others may learn from it. */
  end(finalOutput: string | null): Insight[] {
    this.#expectOpen();
    this.#endedAt = this.#surroundings.now();
    this.#finalOutput = finalOutput === null ? null : cutMessage(finalOutput);
    return this.insightsForSharing;
  }

  toAgentArtifact(): AgentArtifact {
    const { confidenceThreshold } = this.#surroundings.policy;
    return toAgentArtifact(this, this.#entries, { confidenceThreshold, workflowId: this.workflowId });
  }

  getFormattedLog(mode: TextMode = 'summary'): string {
    return logText(this, this.#entries, mode);
  }

  #add(draft: Draft): Entry | null {
    this.#expectOpen();
    const { policy } = this.#surroundings;
    const { workspaceType: type, coordinator } = this;
    const answered = this.#entries[(draft.claims?.responseTo ?? 0) - 1] ?? null;
    const entry = weighed(placeInSession(draft, this.#memory, { type, coordinator }, answered), policy);
    this.#welcome(draft.author.name);
    if (dropReason(entry, type, policy)) {
      this.#dropped += 1;
      remember(this.#memory, { ...entry, step: this.#memory.step }, draft.mentions);
      return null;
    }
    this.#entries.push(entry);
    remember(this.#memory, entry, draft.mentions);
    return entry;
  }

  #draftOf(step: Step): Draft {
    const botName = step.botName ?? this.#speaker;
    // Sampling goes by the message: each step is one.
    const messageId = `${this.sessionId}/${this.#entries.length + this.#dropped + 1}`;
    return draftOf({ ...step, botName }, messageId, this.#surroundings.now());
  }

  /** Who acts where no bot is named. */
  get #speaker(): string {
    return this.coordinator ?? this.participants[0] ?? 'main';
  }

  #welcome(name: string): void {
    if (!this.participants.some((known) => sameName(known, name))) this.participants.push(name);
  }

  #expectOpen(): void {
    if (this.#endedAt !== null) throw new Error(`Session ${this.sessionId} has ended: start another one`);
  }
}
