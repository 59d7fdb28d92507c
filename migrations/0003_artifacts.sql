-- What one agent hands to another as data.
CREATE TABLE artifacts (
  id            TEXT PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces,
  session_id    TEXT, -- that it came from
  message_id    TEXT, -- that it was posted in
  part          INTEGER NOT NULL, -- of that message
  workflow_id   TEXT,
  schema        TEXT NOT NULL,
  producer      TEXT NOT NULL,
  consumer      TEXT, -- null: for any
  consumer_key  TEXT, -- its name as names are compared
  content       TEXT, -- a JSON object; null once it expired or its message was deleted
  created_at    INTEGER NOT NULL,
  taken_at      INTEGER,
  taken_by      TEXT,
  expired_at    INTEGER,
  UNIQUE (message_id, part)
) STRICT;

CREATE INDEX artifacts_waiting ON artifacts (consumer_key, workspace_id, created_at)
  WHERE taken_at IS NULL AND expired_at IS NULL;
CREATE INDEX artifacts_by_session ON artifacts (session_id);
CREATE INDEX artifacts_by_age ON artifacts (created_at) WHERE expired_at IS NULL;

-- A message deleted in Discord loses all that it said, in the same transaction as its steps.
CREATE TRIGGER artifacts_erased AFTER UPDATE OF deleted_at ON entries
WHEN new.deleted_at IS NOT NULL AND old.deleted_at IS NULL
BEGIN
  UPDATE artifacts SET content = NULL, expired_at = ifnull(expired_at, new.deleted_at) WHERE message_id = new.message_id;
END;
