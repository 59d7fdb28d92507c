/** The known formats of agents' messages, by the names that `/bot set` takes. Each is a file of recorder/dialects. */
export const DIALECT_NAMES = [
  'kimaki',
  'openclaw',
  'hermes',
  'hkuds-nanobot',
  'openab',
  'picoclaw',
  'claude-code-discord',
  'claude-code-plugin',
  'elizaos',
] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

/** What `/bot set` calls a bot without any of them. */
export const PLAIN_CHAT = 'plain';
