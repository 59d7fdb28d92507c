import type { Workspace } from '../domain/workspace.ts';
import type { CoverageStore, Left } from '../store/store.ts';
import { Progress } from './progress.ts';
import type { CatchingUp } from './progress.ts';
import { catchUpWorkspace } from './workspace-catch-up.ts';
import type { Behind, WorkspaceParts } from './workspace-catch-up.ts';

export interface JobParts extends WorkspaceParts {
  coverage: WorkspaceParts['coverage'] & Pick<CoverageStore, 'closeGap'>;
  /** What the last process left behind. */
  left: Left;
}

export type Work = Pick<Behind, 'workspace' | 'channel' | 'activeThreads' | 'saidAfter'>;

interface Job {
  ended: AbortController;
  done: Promise<void>;
}

/** The workspaces that are catching up at this moment, each with a job of its own. */
export class CatchUpJobs {
  readonly #parts: JobParts;
  readonly #progress: Progress;
  readonly #jobs = new Map<number, Job>();
  /** Workspaces that have caught up in this process, which knows what it did not keep. */
  readonly #known = new Set<number>();
  readonly #ended = new AbortController();
  readonly #onEnd: () => void;

  /** `onEnd` is called after each job. */
  constructor(parts: JobParts, onEnd: () => void) {
    this.#parts = parts;
    this.#progress = new Progress(parts);
    this.#onEnd = onEnd;
  }

  has(workspaceId: number): boolean {
    return this.#jobs.has(workspaceId);
  }

  get size(): number {
    return this.#jobs.size;
  }

  progress(): CatchingUp | null {
    return this.#progress.state();
  }

  begin(work: Work): void {
    const { id } = work.workspace;
    const ended = new AbortController();
    const signal = AbortSignal.any([ended.signal, this.#ended.signal]);
    this.#progress.begin();
    const done = this.#run(work, signal)
      .catch((err: unknown) => {
        if (signal.aborted) return undefined;
        // Nothing holds back what happens from here on: no other place of it may be read on.
        ended.abort();
        return this.#giveUp(work.workspace, err);
      })
      .then(() => this.#end(id, ended));
    this.#jobs.set(id, { ended, done });
  }

  /** What was read stays; the workspace stays behind. */
  abort(workspaceId: number): void {
    this.#jobs.get(workspaceId)?.ended.abort();
    this.#jobs.delete(workspaceId);
  }

  async settled(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.all([...this.#jobs.values()].map(({ done }) => done));
  }

  /** Ends all jobs and lets none begin; what is left of them the next start does. */
  async stop(): Promise<void> {
    this.#ended.abort();
    await this.settled();
  }

  async #run(work: Work, signal: AbortSignal): Promise<void> {
    const { backlog, coverage, left } = this.#parts;
    const { id } = work.workspace;
    await catchUpWorkspace(this.#parts, {
      ...work,
      since: backlog.since(id),
      resumedAt: left.resumedAt,
      mayBeLate: !left.clean || this.#known.has(id),
      onPage: (messages) => this.#progress.read(messages),
      signal,
    });
    signal.throwIfAborted();
    backlog.catchUp(id);
    this.#known.add(id);
    if (work.saidAfter === null) await coverage.closeGap(id, null);
  }

  /** What happens from now on is recorded all the same. */
  async #giveUp({ id, name }: Workspace, err: unknown): Promise<void> {
    const { log, backlog, coverage, now } = this.#parts;
    log.error({ err, channel: name }, 'What was said while the bot was away could not be read.');
    const from = backlog.since(id) ?? now();
    const place = { workspaceId: id, threadId: null, privateThread: false, whole: true };
    backlog.catchUp(id);
    await coverage
      .addGap({ ...place, reason: 'history_unavailable', from, to: now() })
      .catch((err: unknown) => log.error({ err, channel: name }, 'That gap could not be noted.'));
  }

  #end(workspaceId: number, ended: AbortController): void {
    if (this.#jobs.get(workspaceId)?.ended === ended) this.#jobs.delete(workspaceId);
    this.#progress.end();
    this.#onEnd();
  }
}
