import { z } from 'zod';
import { LOG_LEVELS } from '../log.ts';

/** This machine alone reaches what listens here. */
export const DEFAULT_HOST = '127.0.0.1';

const DEFAULT_API_URL = 'https://discord.com/api';

/** The variables that are read, and nothing else of the environment. A variable that is empty counts as not set. */
export const environment = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^[!-~]+$/, 'must be the bot token alone, as Discord shows it, without spaces or "Bot " before it')
    .optional(),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/, error: `must be an http(s) URL such as ${DEFAULT_API_URL}` })
    .transform((url) => url.replace(/\/+$/, '').replace(/\/v\d+$/, ''))
    .default(DEFAULT_API_URL),
  DISCORD_GUILD_ID: z
    .string()
    .regex(
      /^\d{17,20}$/,
      'must be the id of a server: 17 to 20 digits (Discord → right-click the server → Copy Server ID)',
    )
    .optional(),
  WORK_LOGS_CONFIG: z.string().optional(),
  WORK_LOGS_DB: z.string().optional(),
  SUMMARY_LLM_KEY: z.string().optional(),
  AGENT_API_PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
      'must be a port: 0 to 65535; 0 takes any that is free',
    )
    .transform(Number)
    .optional(),
  AGENT_API_HOST: z.string().default(DEFAULT_HOST),
  AGENT_API_ALLOWED_HOSTS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ''),
    )
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
});
export type Environment = z.output<typeof environment>;
