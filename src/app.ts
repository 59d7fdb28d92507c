import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import type { Tokens } from './agents/tokens.ts';
import type { Config } from './config.ts';
import type { Access } from './discord/access.ts';
import type { OptOuts } from './discord/opt-outs.ts';
import type { Seats } from './discord/seats.ts';
import type { CatchingUp } from './discord/progress.ts';
import type { Pulse } from './discord/pulse.ts';
import type { Timezones } from './discord/timezones.ts';
import type { Workspaces } from './discord/workspaces.ts';
import type { Workspace } from './domain/workspace.ts';
import type { Masked } from './masking/mask.ts';
import type { Painter } from './picture.ts';
import type { SteadyClock } from './steady-clock.ts';
import type { Store } from './store/store.ts';

/** What a command, a job or the agent interface is handed. */
export interface App {
  config: Config;
  log: Logger;
  client: Client<true>;
  store: Store;
  /** Which channel is which workspace. */
  workspaces: Workspaces;
  /** By which clock each server lives. */
  timezones: Timezones;
  /** What lets agents’ programs in. */
  tokens: Tokens;
  /** Who somebody is in a server, at this moment. */
  seats: Seats;
  /** Who may read what, at this moment. */
  access: Access;
  /** Of whom nothing is recorded. */
  optOuts: OptOuts;
  /** Hides in what a person tells the bot of a workspace what is not to be stored: secrets, and the words of those who opted out. */
  mask(text: string, workspace: Pick<Workspace, 'id'>): Promise<Masked>;
  /** Hides secrets in what a person is called. */
  maskName(name: string): string;
  /** What is being read of the time when the bot was away; null: nothing. */
  catchingUp(): CatchingUp | null;
  /** How the connection is, and how far behind recording is. */
  pulse(): Pulse;
  /** Everything that was said until then is recorded, as far as it can be: ms UTC; Infinity: until now. */
  knownUntil(): number;
  /** Paints pictures. */
  painter: Painter;
  /** Whether {@link now} may be believed when something is to be deleted for its age. */
  clock: Pick<SteadyClock, 'isSteady'>;
  /** ms UTC. */
  now(): number;
}
