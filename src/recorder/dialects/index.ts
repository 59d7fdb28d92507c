import { claudeCodeDiscord } from './claude-code-discord.ts';
import { claudeCodePlugin } from './claude-code-plugin.ts';
import type { Dialect } from './dialect.ts';
import { elizaos } from './elizaos.ts';
import { hermes } from './hermes.ts';
import { hkudsNanobot } from './hkuds-nanobot.ts';
import { kimaki } from './kimaki.ts';
import { openab } from './openab.ts';
import { openclaw } from './openclaw.ts';
import { picoclaw } from './picoclaw.ts';
import { prepareMayPrompt } from './prompting.ts';

/** By name (domain/dialect.ts), as `/bot set` takes it. A bot without a dialect writes plain chat. */
export const DIALECTS: ReadonlyMap<string, Dialect> = new Map(
  [
    kimaki,
    openclaw,
    hermes,
    hkudsNanobot,
    openab,
    picoclaw,
    claudeCodeDiscord,
    claudeCodePlugin,
    elizaos,
  ].map((dialect) => [dialect.name, dialect]),
);

/** False only for messages that ask nobody for anything in any of {@link DIALECTS}. */
export const mayPrompt = prepareMayPrompt(DIALECTS.values());
