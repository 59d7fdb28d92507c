import { NOTICE_DELAY } from '../store/workspace-store.ts';
import type { Notice } from '../store/workspace-store.ts';
import type { Noticed } from '../views/mapped-notice.ts';

/** What a channel is told when it is mapped, and when what holds of it changes; `before`: what it was told of last, where that is known. */
export type NoticeOf = (workspace: Noticed, before: Noticed | null) => Notice;

/** What a channel is to be told. */
export interface Telling {
  workspace: Noticed;
  /** What it was told of before; null: that is not known, or nothing. */
  before: Noticed | null;
  notice: Notice;
  /** ms UTC. */
  at: number;
}

/** What the store was asked to tell each channel last. Each change of a server looks at all its channels. */
export class ChannelNotices {
  readonly #told = new Map<string, Telling>();
  readonly #noticeOf: NoticeOf;

  constructor(noticeOf: NoticeOf) {
    this.#noticeOf = noticeOf;
  }

  /** What is to be told now. What still waits to be sent gives way to it, and what that was to tell is told with it. */
  tellingOf(workspace: Noticed, at: number): Telling {
    const last = this.#told.get(workspace.channelId);
    const before = last && at - last.at < NOTICE_DELAY ? last.before : (last?.workspace ?? null);
    return { workspace, before, notice: this.#noticeOf(workspace, before), at };
  }

  isTold({ workspace, notice }: Telling): boolean {
    return this.#told.get(workspace.channelId)?.notice.holds === notice.holds;
  }

  keep(telling: Telling): void {
    this.#told.set(telling.workspace.channelId, telling);
  }

  forget(channelId: string): void {
    this.#told.delete(channelId);
  }
}
