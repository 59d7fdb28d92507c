import type { Message } from '../world.ts';
import type { Cast } from './cast.ts';
import type { Line } from './conversation.ts';
import { play } from './player.ts';
import type { Tempo } from './player.ts';

/** What a person decided, as the agent that asked reads it in the block that answers it. */
export interface Decision {
  /** What it called its question. */
  key: string;
  /** Null where the person answered in their own words. */
  option: string | null;
  note: string | null;
  /** Null: nobody did. */
  decidedBy: string | null;
}

/** What agents do once they know. */
export interface Sequel {
  channel: string;
  key: string;
  /** They may reply to `answer`. */
  lines(decision: Decision): Line[];
}

/** Lets the agents go on whenever one of their questions is answered, until the signal aborts; `failed` hears why they could not. */
export function awaitDecisions(
  sequels: readonly Sequel[],
  cast: Cast,
  tempo: Tempo,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): void {
  const { messageListeners } = cast.discord.core.events;
  const heard = new Set<string>();
  const listener = (message: Message) => {
    if (message.authorId !== cast.guest.id || heard.has(message.id)) return;
    const decision = decisionIn(message.content);
    const sequel = sequels.find(({ key }) => key === decision?.key);
    if (decision === undefined || sequel === undefined) return;
    heard.add(message.id);
    const conversation = { channel: sequel.channel, lines: sequel.lines(decision) };
    play(conversation, cast, tempo, signal, new Map([['answer', message]])).catch((error: unknown) => {
      if (!signal.aborted) failed(error);
    });
  };
  messageListeners.add(listener);
  signal.addEventListener('abort', () => messageListeners.delete(listener), { once: true });
}

function decisionIn(content: string): Decision | undefined {
  const json = /^```worklog\n(.*)\n```$/ms.exec(content)?.[1];
  if (json === undefined) return undefined;
  const said = parsed(json) as Record<string, string | null>;
  const { dedupe_key: key, option = null, note = null, decided_by: decidedBy = null } = said;
  return key ? { key, option, note, decidedBy } : undefined;
}

/** What is no JSON says nothing. */
function parsed(json: string): object {
  try {
    return Object(JSON.parse(json)) as object;
  } catch {
    return {};
  }
}
