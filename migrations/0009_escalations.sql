-- Decisions that somebody needs from a person, as they stand; escalation_events tells how they came to.
CREATE TABLE escalations (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  session       INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
  step          INTEGER NOT NULL, -- that raised it
  message_id    TEXT NOT NULL,
  part          INTEGER NOT NULL, -- of that message
  reply_to      TEXT, -- the message that the answer replies to
  kind          TEXT NOT NULL,
  author_id     INTEGER NOT NULL REFERENCES authors, -- who asks
  answer_to     INTEGER NOT NULL REFERENCES authors,
  confidence    REAL,
  reason        TEXT NOT NULL, -- empty once the message was deleted, like the other texts
  options       TEXT NOT NULL, -- JSON array
  default_option TEXT,
  severity      TEXT NOT NULL,
  dedupe_key    TEXT,
  request_id    TEXT, -- the agent's own name of the request
  same_key      TEXT, -- what asks the same has the same
  remark        TEXT,
  raised_at     INTEGER NOT NULL,
  timeout_at    INTEGER,
  on_timeout    TEXT NOT NULL,
  state         TEXT NOT NULL,
  version       INTEGER NOT NULL, -- of its latest event
  state_at      INTEGER NOT NULL,
  state_by      INTEGER REFERENCES authors,
  carded        INTEGER NOT NULL,
  announced_at  INTEGER,
  asked_at      INTEGER,
  held_at       INTEGER,
  closed_at     INTEGER, -- when it ceased to wait
  wake_at       INTEGER,
  next_at       INTEGER,
  pings         INTEGER NOT NULL DEFAULT 0,
  decision      TEXT, -- JSON
  merged_into   INTEGER REFERENCES escalations ON DELETE CASCADE,
  merged        INTEGER NOT NULL DEFAULT 0,
  card_channel_id TEXT,
  card_message_id TEXT,
  UNIQUE (session, step)
) STRICT;

CREATE INDEX escalations_by_time ON escalations (workspace_id, raised_at);
CREATE INDEX escalations_waiting ON escalations (workspace_id, raised_at) WHERE closed_at IS NULL;
CREATE INDEX escalations_due ON escalations (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX escalations_by_message ON escalations (message_id);
CREATE INDEX escalations_same ON escalations (workspace_id, same_key) WHERE closed_at IS NULL AND same_key IS NOT NULL;
CREATE INDEX escalations_by_request ON escalations (workspace_id, request_id) WHERE closed_at IS NULL AND request_id IS NOT NULL;
CREATE INDEX escalations_merged ON escalations (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE escalation_events (
  escalation    INTEGER NOT NULL REFERENCES escalations ON DELETE CASCADE,
  version       INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  at            INTEGER NOT NULL,
  author_id     INTEGER REFERENCES authors, -- null: time, or the bot
  reason        TEXT,
  interaction_id TEXT, -- by which a person did it
  PRIMARY KEY (escalation, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX escalation_events_by_interaction ON escalation_events (interaction_id) WHERE interaction_id IS NOT NULL;

-- What happened stays as it happened; only its words go, when they are deleted in Discord.
CREATE TRIGGER escalation_events_append_only
BEFORE UPDATE OF escalation, version, kind, at, author_id, interaction_id ON escalation_events
BEGIN
  SELECT RAISE(ABORT, 'escalation events are append-only');
END;

-- When people were pinged, for as long as that counts.
CREATE TABLE escalation_pings (
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  at            INTEGER NOT NULL
) STRICT;

CREATE INDEX escalation_pings_by_time ON escalation_pings (workspace_id, at);

-- The latest message that tells how many more wait in a workspace.
CREATE TABLE escalation_digests (
  workspace_id  INTEGER PRIMARY KEY REFERENCES workspaces,
  at            INTEGER NOT NULL,
  channel_id    TEXT NOT NULL,
  message_id    TEXT NOT NULL
) STRICT;

-- A message that is composed when it is sent has a subject instead of a channel and a text.
ALTER TABLE outbox RENAME TO outbox_before;
DROP INDEX outbox_due;
CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  channel_id    TEXT, -- of a subject: once it is sent
  payload       TEXT, -- JSON; null once it was sent: Discord has it then
  subject       TEXT, -- JSON
  nonce         TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  due_at        INTEGER, -- null: sent, given up, or withdrawn
  attempts      INTEGER NOT NULL DEFAULT 0,
  error         TEXT,
  sent_at       INTEGER,
  message_id    TEXT
) STRICT;
INSERT INTO outbox (id, channel_id, payload, nonce, created_at, due_at, attempts, error, sent_at, message_id)
  SELECT id, channel_id, payload, nonce, created_at, due_at, attempts, error, sent_at, message_id FROM outbox_before;
DROP TABLE outbox_before;
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_subjects_due ON outbox (subject) WHERE due_at IS NOT NULL AND subject IS NOT NULL;
