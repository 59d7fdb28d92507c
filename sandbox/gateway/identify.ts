import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Application, World } from '../world.ts';
import { applicationByToken } from '../world.ts';
import { GatewayClosure } from './codes.ts';

/** Must be switched on in the developer portal before a bot may ask for them. */
export const PRIVILEGED_INTENTS =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

const KNOWN_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

export interface Identity {
  application: Application;
  intents: number;
  shard: [number, number];
}

/** Reads an identify payload. @throws GatewayClosure 4002, 4004, 4010, 4013, 4014 */
export function identityOf(world: World, data: unknown): Identity {
  const { token, intents, properties, shard = [0, 1] } = fieldsOf(data);
  if (typeof token !== 'string' || typeof properties !== 'object') throw new GatewayClosure(4002);
  const application = applicationOf(world, token);
  if (!Number.isInteger(intents) || ((intents as number) & ~KNOWN_INTENTS) !== 0) {
    throw new GatewayClosure(4013);
  }
  if (((intents as number) & PRIVILEGED_INTENTS & ~application.privilegedIntents) !== 0) {
    throw new GatewayClosure(4014);
  }
  if (!isShard(shard)) throw new GatewayClosure(4010);
  return { application, intents: intents as number, shard };
}

export interface ResumeRequest {
  application: Application;
  sessionId: string;
  sequence: number;
}

/** Reads a resume payload. @throws GatewayClosure 4002, 4004 */
export function resumeRequestOf(world: World, data: unknown): ResumeRequest {
  const { token, session_id: sessionId, seq } = fieldsOf(data);
  if (typeof token !== 'string' || typeof sessionId !== 'string' || !Number.isInteger(seq)) {
    throw new GatewayClosure(4002);
  }
  return { application: applicationOf(world, token), sessionId, sequence: seq as number };
}

function fieldsOf(data: unknown): Record<string, unknown> {
  if (typeof data !== 'object' || data === null) throw new GatewayClosure(4002);
  return data as Record<string, unknown>;
}

function applicationOf(world: World, token: string): Application {
  const application = applicationByToken(world, token.replace(/^Bot /, ''));
  if (application === undefined) throw new GatewayClosure(4004);
  return application;
}

function isShard(value: unknown): value is [number, number] {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(Number.isInteger)) return false;
  const [id, count] = value as [number, number];
  return id >= 0 && id < count;
}
