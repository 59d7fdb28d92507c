-- What lets a bot's own program write and read its work logs.
CREATE TABLE agent_tokens (
  id            INTEGER PRIMARY KEY,
  guild_id      TEXT NOT NULL,
  bot_key       TEXT NOT NULL,
  hash          TEXT NOT NULL, -- SHA-256 of the secret, hexadecimal: the secret itself is nowhere
  created_at    INTEGER NOT NULL,
  created_by    TEXT NOT NULL, -- the person's id
  used_at       INTEGER, -- to the minute or so
  revoked_at    INTEGER
) STRICT;

CREATE INDEX agent_tokens_by_guild ON agent_tokens (guild_id);

-- Programs may do several things at a time in one place: each conversation of theirs is a session of its own there.
ALTER TABLE sessions ADD COLUMN conversation TEXT; -- a digest of the agent's name of it; null: what is said in the place itself
DROP INDEX sessions_open;
-- A place has one open session at most for each conversation.
CREATE UNIQUE INDEX sessions_open ON sessions (workspace_id, ifnull(thread_id, ''), ifnull(conversation, '')) WHERE ended_at IS NULL;

-- Entries that were reported and are in Discord, too: by the id of the report. The entry is known by its message.
CREATE TABLE reported (
  report_id     TEXT PRIMARY KEY,
  entry         INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX reported_by_entry ON reported (entry);
