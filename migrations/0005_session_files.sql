-- What of each ended session is in its file. Triggers keep it, so that whatever changes a session says in the same transaction that
-- its file is out of date.
CREATE TABLE session_files (
  session       INTEGER PRIMARY KEY, -- no reference: the row outlives its session until the file is gone as well
  name          TEXT, -- of the file, from before it is first written; null: there is none
  changes       INTEGER NOT NULL DEFAULT 1,
  written       INTEGER NOT NULL DEFAULT 0, -- the file has what the session said after so many changes
  attempts      INTEGER NOT NULL DEFAULT 0, -- that have failed since it was last written
  due_at        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX session_files_due ON session_files (name IS NULL) WHERE changes > written;

INSERT INTO session_files (session) SELECT id FROM sessions WHERE ended_at IS NOT NULL;

CREATE TRIGGER session_files_of_sessions AFTER UPDATE ON sessions
WHEN new.ended_at IS NOT NULL
BEGIN
  INSERT INTO session_files (session) VALUES (new.id) ON CONFLICT (session) DO UPDATE SET changes = changes + 1;
END;

CREATE TRIGGER session_files_of_entries AFTER UPDATE ON entries
WHEN (SELECT ended_at FROM sessions WHERE id = new.session) IS NOT NULL
BEGIN
  INSERT INTO session_files (session) VALUES (new.session) ON CONFLICT (session) DO UPDATE SET changes = changes + 1;
END;

CREATE TRIGGER session_files_without_entries AFTER DELETE ON entries
WHEN (SELECT ended_at FROM sessions WHERE id = old.session) IS NOT NULL
BEGIN
  INSERT INTO session_files (session) VALUES (old.session) ON CONFLICT (session) DO UPDATE SET changes = changes + 1;
END;

CREATE TRIGGER session_files_without_sessions AFTER DELETE ON sessions
BEGIN
  DELETE FROM session_files WHERE session = old.id AND name IS NULL;
  UPDATE session_files SET changes = changes + 1 WHERE session = old.id;
END;
