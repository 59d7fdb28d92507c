-- What people set for a server as a whole.
CREATE TABLE guilds (
  guild_id      TEXT PRIMARY KEY,
  timezone      TEXT, -- IANA name; null: as the configuration says
  timezone_at   INTEGER NOT NULL -- when it was set
) STRICT, WITHOUT ROWID;

-- A report is known by the instant up to which it tells: which day that is depends on the clock of the server, which people set.
ALTER TABLE reports RENAME TO reports_by_day;
CREATE TABLE reports (
  workspace_id  INTEGER NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  to_at         INTEGER NOT NULL,
  from_at       INTEGER NOT NULL,
  late          INTEGER NOT NULL, -- it was noted well after it was due
  outbox_id     INTEGER, -- null: nothing was posted
  PRIMARY KEY (workspace_id, to_at)
) STRICT, WITHOUT ROWID;
UPDATE outbox SET subject = json_remove(json_set(subject, '$.to', (
    SELECT to_at FROM reports_by_day WHERE workspace_id = subject ->> 'workspaceId' AND day = subject ->> 'day')), '$.day')
  WHERE subject ->> 'kind' = 'report';
INSERT OR IGNORE INTO reports (workspace_id, to_at, from_at, late, outbox_id)
  SELECT workspace_id, to_at, from_at, late, outbox_id FROM reports_by_day;
DROP TABLE reports_by_day;
