-- Instants are integer ms UTC named …_at, durations …_ms, snowflakes TEXT, flags 0 or 1.

CREATE TABLE workspaces (
  -- Entry ids are workspace id × 2^32 + n and have to stay below 2^53.
  id            INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 2097151),
  guild_id      TEXT NOT NULL,
  channel_id    TEXT NOT NULL,
  name          TEXT NOT NULL,
  type          TEXT NOT NULL,
  coordinator   TEXT,
  owners        TEXT NOT NULL, -- JSON array of role:<id>, user:<id>, everyone
  mapped_by     TEXT NOT NULL,
  mapped_at     INTEGER NOT NULL,
  unmapped_at   INTEGER,
  indexed_id    INTEGER, -- the search index has its entries up to this one
  notice        INTEGER, -- the outbox's latest message that tells the channel so
  UNIQUE (guild_id, channel_id)
) STRICT;

-- People, bot accounts and webhook personas.
CREATE TABLE authors (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL,
  role          TEXT, -- of a bot, as somebody said it is
  dialect       TEXT, -- of a bot: how it writes
  dialect_by    TEXT  -- 'command' or 'detected'
) STRICT;

CREATE TABLE workspace_bots (
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  author_id     INTEGER NOT NULL REFERENCES authors,
  last_at       INTEGER NOT NULL, -- to the hour or so
  PRIMARY KEY (workspace_id, author_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  -- Ascending in the order of opening, so the highest of a place is its latest.
  id            INTEGER PRIMARY KEY,
  session_id    TEXT NOT NULL UNIQUE,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  thread_id     TEXT,
  private_thread INTEGER NOT NULL,
  query         TEXT NOT NULL,
  coordinator   TEXT,
  started_at    INTEGER NOT NULL,
  last_at       INTEGER NOT NULL,
  ended_at      INTEGER,
  end_reason    TEXT,
  final_output  TEXT,
  summary       TEXT,
  steps         INTEGER NOT NULL DEFAULT 0,
  handoffs      INTEGER NOT NULL DEFAULT 0,
  tools         INTEGER NOT NULL DEFAULT 0,
  errors        INTEGER NOT NULL DEFAULT 0,
  uncertain     INTEGER NOT NULL DEFAULT 0,
  escalations   INTEGER NOT NULL DEFAULT 0,
  dropped       INTEGER NOT NULL DEFAULT 0,
  masked        INTEGER NOT NULL DEFAULT 0,
  tallied       INTEGER NOT NULL DEFAULT 0 -- participants holds its steps up to this one
) STRICT;

CREATE INDEX sessions_by_time ON sessions (workspace_id, last_at);
CREATE INDEX sessions_by_place ON sessions (workspace_id, thread_id);
-- A place has one open session at most.
CREATE UNIQUE INDEX sessions_open ON sessions (workspace_id, ifnull(thread_id, '')) WHERE ended_at IS NULL;

-- Who took part, without the latest steps of a session: those are counted in batches.
CREATE TABLE participants (
  session       INTEGER NOT NULL REFERENCES sessions,
  author_id     INTEGER NOT NULL REFERENCES authors,
  first_step    INTEGER NOT NULL,
  steps         INTEGER NOT NULL,
  coordinated   INTEGER NOT NULL, -- those of its steps that are in coordinator mode
  PRIMARY KEY (session, author_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
  id            INTEGER PRIMARY KEY,
  session       INTEGER NOT NULL REFERENCES sessions,
  step          INTEGER NOT NULL,
  message_id    TEXT NOT NULL,
  part          INTEGER NOT NULL, -- of the message: 0, 1, 2 …
  at            INTEGER NOT NULL,
  author_id     INTEGER NOT NULL REFERENCES authors,
  role          TEXT,
  level         TEXT NOT NULL,
  category      TEXT NOT NULL,
  origin        TEXT NOT NULL,
  triggered_by  TEXT NOT NULL,
  response_to   INTEGER, -- a step of the same session
  coordinator_mode INTEGER NOT NULL,
  escalation    INTEGER NOT NULL,
  confidence    REAL,
  duration_ms   INTEGER,
  mentions      TEXT, -- JSON array of authors; null for none
  handoff_to    TEXT, -- JSON array of @name; null for none
  tool          TEXT, -- JSON
  details       TEXT, -- JSON
  tags          TEXT NOT NULL, -- what the search index holds beside the message
  message       TEXT NOT NULL,
  insight_category TEXT,
  masked        INTEGER NOT NULL,
  edited_at     INTEGER,
  deleted_at    INTEGER,
  UNIQUE (message_id, part),
  UNIQUE (session, step)
) STRICT;

-- The rowid is the entry's id, so a workspace is one range of rowids. Without column sizes: nothing ranks by length.
CREATE VIRTUAL TABLE entries_fts USING fts5 (
  message,
  tags,
  content = 'entries',
  content_rowid = 'id',
  tokenize = 'porter unicode61',
  columnsize = 0
);
-- What is deleted leaves the index at once, not at some later merge.
INSERT INTO entries_fts (entries_fts, rank) VALUES ('secure-delete', 1);
-- Twice the default: small batches spend less time on merging, and a search still looks at few segments.
INSERT INTO entries_fts (entries_fts, rank) VALUES ('automerge', 8);

CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  channel_id    TEXT NOT NULL,
  payload       TEXT, -- JSON; null once it was sent: Discord has it then
  nonce         TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  due_at        INTEGER, -- null: sent, given up, or withdrawn
  attempts      INTEGER NOT NULL DEFAULT 0,
  error         TEXT,
  sent_at       INTEGER,
  message_id    TEXT
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
