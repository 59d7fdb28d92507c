import type { Db } from './sqlite.ts';

/** What lets a program act as one bot in one server. The secret itself is known to its owner alone. */
export interface AgentToken {
  id: number;
  guildId: string;
  /** The bot's account in Discord. */
  botKey: string;
  /** SHA-256 of the secret, hexadecimal. */
  hash: string;
  /** ms UTC, as are those below. */
  createdAt: number;
  /** Id of the person who made it. */
  createdBy: string;
  /** To the minute; null: it was never used. */
  usedAt: number | null;
  revokedAt: number | null;
}

export interface TokenStore {
  create(
    token: Pick<AgentToken, 'guildId' | 'botKey' | 'hash' | 'createdBy'>,
    at: number,
  ): Promise<AgentToken>;
  get(id: number): Promise<AgentToken | null>;
  /** All of a server that are not revoked, the oldest first. */
  list(guildId: string): Promise<AgentToken[]>;
  /** False when the server has no such token, or it is revoked already. */
  revoke(id: number, guildId: string, at: number): Promise<boolean>;
  /** Notes that it was used. */
  used(id: number, at: number): Promise<void>;
}

const COLUMNS = `
  id, guild_id AS guildId, bot_key AS botKey, hash, created_at AS createdAt, created_by AS createdBy, used_at AS usedAt,
  revoked_at AS revokedAt`;

export function createTokens(db: Db): TokenStore {
  const insert = db.prepare<[Record<string, string | number>], AgentToken>(`
    INSERT INTO agent_tokens (guild_id, bot_key, hash, created_at, created_by)
    VALUES (:guildId, :botKey, :hash, :at, :createdBy) RETURNING ${COLUMNS}`);
  const get = db.prepare<[number], AgentToken>(`SELECT ${COLUMNS} FROM agent_tokens WHERE id = ?`);
  const list = db.prepare<[string], AgentToken>(
    `SELECT ${COLUMNS} FROM agent_tokens WHERE guild_id = ? AND revoked_at IS NULL ORDER BY id`,
  );
  const revoke = db.prepare<[number, number, string]>(
    'UPDATE agent_tokens SET revoked_at = ? WHERE id = ? AND guild_id = ? AND revoked_at IS NULL',
  );
  const used = db.prepare<[number, number]>('UPDATE agent_tokens SET used_at = ? WHERE id = ?');
  return {
    async create({ guildId, botKey, hash, createdBy }, at) {
      return insert.get({ guildId, botKey, hash, createdBy, at })!;
    },
    async get(id) {
      return get.get(id) ?? null;
    },
    async list(guildId) {
      return list.all(guildId);
    },
    async revoke(id, guildId, at) {
      return revoke.run(at, id, guildId).changes > 0;
    },
    async used(id, at) {
      used.run(at, id);
    },
  };
}
