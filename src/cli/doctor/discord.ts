import { ApplicationFlags, DiscordAPIError, REST, Routes } from 'discord.js';
import type { APIApplication, APIUser, RESTGetAPIGatewayResult } from 'discord.js';
import { commands } from '../../../commands/index.ts';
import type { Config } from '../../config.ts';
import { compareCommands } from '../../discord/deploy.ts';
import { plainLine } from '../../views/text.ts';
import { broken, ok, reasonOf, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { sayHello } from './gateway.ts';

type Discord = Config['discord'];

/** Per request, in ms: a doctor does not wait as long as a bot. */
const TIMEOUT = 10_000;
const PORTAL = 'https://discord.com/developers/applications → your app → Bot';

export function restOf({ apiUrl, token }: Discord): REST {
  const rest = new REST({ api: apiUrl, timeout: TIMEOUT, retries: 1 });
  return token === undefined ? rest : rest.setToken(token);
}

/** Whether Discord takes the token, and whose it is. */
export async function checkToken(
  rest: REST,
  { token, apiUrl }: Discord,
): Promise<{ finding: Finding; me: APIUser | null }> {
  if (token === undefined) return { finding: NO_TOKEN, me: null };
  try {
    const me = (await rest.get(Routes.user())) as APIUser;
    return { finding: ok('token', `Discord knows the bot as ${plainLine(me.username, 60)}`), me };
  } catch (error) {
    const wrong = error instanceof DiscordAPIError && error.status === 401;
    return { finding: wrong ? WRONG_TOKEN : unreachable('token', error, apiUrl), me: null };
  }
}

const NO_TOKEN = warning(
  'token',
  'DISCORD_TOKEN is not set: npm start plays with a local Discord; nothing that needs the token is checked',
  `Copy it from ${PORTAL} into .env.`,
);

const WRONG_TOKEN = broken(
  'token',
  'Discord does not accept DISCORD_TOKEN',
  `Copy it anew: ${PORTAL} → Reset Token.`,
);

/** Whether the bot may read what people write; with the id of its application. */
export async function checkIntent(
  rest: REST,
  { apiUrl }: Discord,
): Promise<{ finding: Finding; applicationId: string | null }> {
  try {
    const { id, flags = 0 } = (await rest.get(Routes.currentApplication())) as APIApplication;
    return { finding: (flags & MESSAGE_CONTENT) === 0 ? NO_INTENT : INTENT, applicationId: id };
  } catch (error) {
    return { finding: unreachable('intent', error, apiUrl), applicationId: null };
  }
}

/** Granted to a bot in many servers, or switched on for one in few. */
const MESSAGE_CONTENT =
  ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

const INTENT = ok('intent', 'Message Content is switched on');

const NO_INTENT = broken(
  'intent',
  'Discord does not let the bot read messages',
  `Switch on "Message Content Intent": ${PORTAL} → Privileged Gateway Intents.`,
);

/** Whether the gateway can be reached: through a proxy, REST may work and this not. */
export async function checkGateway(rest: REST, { apiUrl }: Discord): Promise<Finding> {
  let url: string;
  try {
    ({ url } = (await rest.get(Routes.gateway(), { auth: false })) as RESTGetAPIGatewayResult);
  } catch (error) {
    return unreachable('gateway', error, apiUrl);
  }
  try {
    await sayHello(url, TIMEOUT);
    return ok('gateway', `${url} answers`);
  } catch (error) {
    const mend = 'Let this machine open WebSocket connections to it: look at firewall and proxy.';
    return broken('gateway', `${url} does not answer: ${reasonOf(error)}`, mend);
  }
}

/** Whether people see the commands as this version has them. */
export async function checkCommands(
  rest: REST,
  { apiUrl, guildId }: Discord,
  applicationId: string,
): Promise<Finding> {
  try {
    const definitions = commands.map(({ data }) => data);
    const { create, update, remove } = await compareCommands({ rest, applicationId, guildId }, definitions);
    const where = guildId === undefined ? 'everywhere' : `in server ${guildId}`;
    const differing = [
      ...create.map(({ name }) => `${name} is missing`),
      ...update.map(({ name }) => `${name} differs`),
      ...(remove.length > 0 ? [`${remove.length} are no longer ours`] : []),
    ];
    if (differing.length === 0) return ok('commands', `all ${definitions.length} are deployed ${where}`);
    return warning(
      'commands',
      `${where}: ${differing.join(', ')}`,
      'Start the bot (npm start): it deploys them.',
    );
  } catch (error) {
    return unreachable('commands', error, apiUrl);
  }
}

/** Discord refused, or did not answer. */
export function unreachable(check: string, error: unknown, apiUrl: string): Finding {
  if (error instanceof DiscordAPIError) {
    const mend = 'Invite the bot anew with the scopes bot and applications.commands, or try again later.';
    return broken(check, `Discord refuses: ${reasonOf(error)}`, mend);
  }
  const mend = 'Look at network, firewall and proxy, and at DISCORD_API_URL if you have set it.';
  return broken(check, `${apiUrl} cannot be reached: ${reasonOf(error)}`, mend);
}
