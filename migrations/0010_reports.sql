-- The reports that were due, posted or not worth a post: one per workspace and day.
CREATE TABLE reports (
  workspace_id  INTEGER NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  day           TEXT NOT NULL, -- 2026-02-13, by the clock of the zone it was due in
  from_at       INTEGER NOT NULL,
  to_at         INTEGER NOT NULL,
  late          INTEGER NOT NULL, -- the bot was not running when it was due
  outbox_id     INTEGER, -- null: nothing was posted
  PRIMARY KEY (workspace_id, day)
) STRICT, WITHOUT ROWID;

-- Up to when a person has looked at what was done.
CREATE TABLE report_looks (
  user_id       TEXT NOT NULL,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  at            INTEGER NOT NULL,
  PRIMARY KEY (user_id, workspace_id)
) STRICT, WITHOUT ROWID;
