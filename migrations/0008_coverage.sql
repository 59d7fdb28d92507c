-- How far each place has been read: every message up to this one is recorded, was not to be recorded, or lies in a gap.
CREATE TABLE marks (
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  thread_id     TEXT NOT NULL, -- '' for the channel itself
  message_id    TEXT NOT NULL,
  PRIMARY KEY (workspace_id, thread_id)
) STRICT, WITHOUT ROWID;

INSERT INTO marks (workspace_id, thread_id, message_id)
SELECT s.workspace_id, ifnull(s.thread_id, ''), CAST(max(CAST(e.message_id AS INTEGER)) AS TEXT)
FROM sessions s JOIN entries e ON e.session = s.id
GROUP BY 1, 2;

-- Times of which it is not known what was said.
CREATE TABLE gaps (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  thread_id     TEXT, -- null: of the channel
  private_thread INTEGER NOT NULL,
  whole         INTEGER NOT NULL, -- 1: of the channel and all its threads
  reason        TEXT NOT NULL,
  from_at       INTEGER NOT NULL,
  to_at         INTEGER -- null: it lasts
) STRICT;

CREATE INDEX gaps_by_time ON gaps (workspace_id, from_at);
-- What lasts is known once, and ends once.
CREATE UNIQUE INDEX gaps_lasting ON gaps (workspace_id) WHERE to_at IS NULL;

-- Times without a connection to Discord.
CREATE TABLE interruptions (
  id            INTEGER PRIMARY KEY,
  cause         TEXT NOT NULL, -- 'stopped' or 'connection'
  from_at       INTEGER NOT NULL,
  to_at         INTEGER, -- null: it lasts
  caught_up_at  INTEGER -- when what was said meanwhile had been read, as far as it can be
) STRICT;

CREATE INDEX interruptions_by_time ON interruptions (from_at);
CREATE INDEX interruptions_open ON interruptions (from_at) WHERE caught_up_at IS NULL;

-- The one row says when the bot last was connected.
CREATE TABLE presence (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  seen_at       INTEGER NOT NULL,
  clean         INTEGER NOT NULL, -- 1: it was stopped and had recorded all that had arrived
  paused        INTEGER NOT NULL, -- 1: recording was switched off
  resumed_at    INTEGER -- when it was switched on again: nothing of before is to be recorded
) STRICT;
