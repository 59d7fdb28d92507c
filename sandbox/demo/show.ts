import type { PageGuide, Sandbox } from '../sandbox.ts';
import type { Cast } from './cast.ts';
import type { Night } from './night.ts';
import type { Tempo } from './player.ts';
import type { Screen } from './screen.ts';
import type { Sequel } from './sequels.ts';
import type { Teller } from './story.ts';

/** Something that can be played in a Discord, and what a visitor can try there. */
export interface Show {
  assemble(discord: Sandbox, guest: string): Cast;
  /** In which channel the owner is at first, by name. */
  opening(cast: Cast): string;
  /** @throws AbortError when the signal aborts */
  tell(owner: Teller, cast: Cast, tempo: Tempo, signal: AbortSignal): Promise<void>;
  /** What follows when a person decides what an agent asked. */
  sequels: readonly Sequel[];
  /** What stands at the top of a terminal: who is in it. */
  welcome(cast: Cast, screen: Screen): string[];
  /** What stands beside the chat in a browser. */
  guide(cast: Cast, at: Standing): PageGuide;
  /** What can be done now, at a terminal. */
  suggestions(screen: Screen): string[];
}

/** How far it is. */
export interface Standing {
  night: Night;
  /** Whether all is said. */
  isTold: boolean;
  jump(): Promise<void>;
}
