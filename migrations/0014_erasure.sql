-- How many of a session's first steps were deleted for their age.
ALTER TABLE sessions ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

CREATE INDEX sessions_by_start ON sessions (workspace_id, started_at);
-- What people wrote: bots have a role.
CREATE INDEX entries_by_person ON entries (author_id, deleted_at) WHERE role IS NULL;
CREATE INDEX artifacts_by_workspace ON artifacts (workspace_id, created_at);
CREATE INDEX ratings_by_person ON ratings (user_id);
CREATE INDEX objections_by_person ON objections (user_id);
CREATE INDEX escalation_events_by_author ON escalation_events (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX insight_events_by_author ON insight_events (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX insights_by_session ON insights (session) WHERE session IS NOT NULL;
CREATE INDEX outbox_done ON outbox (created_at) WHERE due_at IS NULL;

-- People who asked to be forgotten, until nothing is left of what they wrote before. The names and ids go first.
CREATE TABLE forgetting (
  id            INTEGER PRIMARY KEY,
  user_id       TEXT NOT NULL,
  authors       TEXT NOT NULL, -- JSON array of the rows of authors that were theirs
  names         TEXT NOT NULL, -- JSON array: what others called them
  asked_at      INTEGER NOT NULL
) STRICT;

-- The one row is there while the search index has texts that are only marked as deleted.
CREATE TABLE index_purges (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  wanted        INTEGER NOT NULL -- how often, since nothing was left to do
) STRICT;

-- Servers whose data is being deleted.
CREATE TABLE guild_erasures (
  guild_id      TEXT PRIMARY KEY,
  keep          INTEGER NOT NULL, -- 1: what is set of its workspaces stays
  asked_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of whom nothing is recorded in a server but that somebody wrote.
CREATE TABLE opt_outs (
  guild_id      TEXT NOT NULL,
  user_id       TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- Servers that the bot is no member of any more, since when it is known.
CREATE TABLE departures (
  guild_id      TEXT PRIMARY KEY,
  left_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a deleted message handed over leaves nothing behind that it said.
DROP TRIGGER artifacts_erased;
CREATE TRIGGER artifacts_erased AFTER UPDATE OF deleted_at ON entries
WHEN new.deleted_at IS NOT NULL AND old.deleted_at IS NULL
BEGIN
  UPDATE artifacts SET content = NULL, workflow_id = NULL, consumer = NULL, consumer_key = NULL,
    expired_at = ifnull(expired_at, new.deleted_at)
  WHERE message_id = new.message_id;
END;
