import type { Config } from '../config.ts';
import { DEFAULT_HOST } from './env.ts';
import type { Environment } from './env.ts';

export function agentApi({
  AGENT_API_PORT: port,
  AGENT_API_HOST: host,
  AGENT_API_ALLOWED_HOSTS: allowedHosts = [],
}: Environment): Config['agentApi'] {
  return port === undefined ? null : { host, port, allowedHosts };
}

/** The same with a door for agents' programs on this machine, where none was asked for. */
export function withDoor(config: Config): Config {
  if (config.agentApi) return config;
  const door = { host: DEFAULT_HOST, port: 0, allowedHosts: [] };
  return { ...config, agentApi: door, recording: { ...config.recording, reports: true } };
}
