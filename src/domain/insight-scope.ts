import { plainName } from './author.ts';
import type { Author } from './author.ts';
import type { WorkspaceType } from './workspace.ts';

/** Which bots get an insight: those of the server or of its workspace alone, and among them all or only some. */
export interface Scope {
  within: 'server' | 'workspace';
  /** Keys of bots, or names as `@name`; null: all. */
  bots: readonly string[] | null;
}

/** A bot, seen from the workspace of an insight. */
export interface Reachable {
  bot: Pick<Author, 'key' | 'name'>;
  /** It writes in the workspace, and sees its channel. */
  ofWorkspace: boolean;
}

/**
 * The widest scope that a workspace's type allows: open → all bots of the server; project and coordination → those of the workspace;
 * direct, like a private thread → the bot that said it alone.
 */
export function widestScope(type: WorkspaceType, source: Pick<Author, 'key'>, privateThread: boolean): Scope {
  if (type === 'direct' || privateThread) return { within: 'workspace', bots: [source.key] };
  return { within: type === 'open' ? 'server' : 'workspace', bots: null };
}

/** The scope in which only bots of these names are left; `all` leaves everybody. */
export function applicableTo(scope: Scope, names: readonly string[]): Scope {
  const plain = names.map(plainName).filter((name) => name !== '');
  if (plain.length === 0 || plain.includes('all') || scope.bots !== null) return scope;
  return { ...scope, bots: [...new Set(plain.map((name) => `@${name}`))] };
}

/** The scope without those that are not in `to`. Whatever is asked for, nobody gets in who was not in before. */
export function narrow(
  scope: Scope,
  to: { within?: Scope['within']; bots?: readonly Author[] | null },
): Scope {
  const within = to.within === 'workspace' ? 'workspace' : scope.within;
  if (!to.bots) return { within, bots: scope.bots };
  const left = to.bots.filter((bot) => isNamed(scope, bot));
  return { within, bots: [...new Set(left.map(({ key }) => key))] };
}

/** Whether a bot is in a scope. */
export function reaches(scope: Scope, { bot, ofWorkspace }: Reachable): boolean {
  return (scope.within === 'server' || ofWorkspace) && isNamed(scope, bot);
}

/** What holds of a scope where the workspace's type has changed since: never more than that type allows now. */
export function asOf(scope: Scope, type: WorkspaceType, source: Author): Scope {
  if (type === 'open') return scope;
  return narrow(scope, { within: 'workspace', ...(type === 'direct' && { bots: [source] }) });
}

function isNamed({ bots }: Scope, { key, name }: Pick<Author, 'key' | 'name'>): boolean {
  return bots === null || bots.includes(key) || bots.includes(`@${plainName(name)}`);
}
