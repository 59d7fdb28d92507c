-- What is told of each ended session in few words, where no agent has said it. It is made of the session's steps, so whatever changes
-- one of them drops it in the same transaction: nothing that was deleted lives on in it. Then it is made anew.
CREATE TABLE session_summaries (
  session       INTEGER PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
  final_output  TEXT, -- the last message of a bot
  summary       TEXT,
  changes       INTEGER NOT NULL DEFAULT 1,
  made          INTEGER NOT NULL DEFAULT 0 -- it tells what the session was after so many changes
) STRICT;

CREATE INDEX session_summaries_due ON session_summaries (session) WHERE changes > made;

INSERT INTO session_summaries (session) SELECT id FROM sessions WHERE ended_at IS NOT NULL;

CREATE TRIGGER session_summaries_of_sessions AFTER UPDATE ON sessions
WHEN new.ended_at IS NOT NULL
BEGIN
  INSERT INTO session_summaries (session) VALUES (new.id)
    ON CONFLICT (session) DO UPDATE SET changes = changes + 1, final_output = NULL, summary = NULL;
END;

CREATE TRIGGER session_summaries_of_entries AFTER UPDATE ON entries
WHEN (SELECT ended_at FROM sessions WHERE id = new.session) IS NOT NULL
BEGIN
  INSERT INTO session_summaries (session) VALUES (new.session)
    ON CONFLICT (session) DO UPDATE SET changes = changes + 1, final_output = NULL, summary = NULL;
END;

CREATE TRIGGER session_summaries_without_entries AFTER DELETE ON entries
WHEN (SELECT ended_at FROM sessions WHERE id = old.session) IS NOT NULL
BEGIN
  INSERT INTO session_summaries (session) VALUES (old.session)
    ON CONFLICT (session) DO UPDATE SET changes = changes + 1, final_output = NULL, summary = NULL;
END;

-- A session's file tells them, too.
CREATE TRIGGER session_files_of_summaries AFTER UPDATE OF made ON session_summaries
BEGIN
  UPDATE session_files SET changes = changes + 1 WHERE session = new.session;
END;
