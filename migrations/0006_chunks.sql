-- The messages of answers that were posted in several: each answer is one entry, known by its first message.
CREATE TABLE chunks (
  message_id    TEXT PRIMARY KEY,
  entry         INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
  n             INTEGER NOT NULL, -- 0 for the message that the entry is known by
  at            INTEGER NOT NULL,
  text          TEXT NOT NULL, -- what this message says; starts with a line break where one stands between it and the one before
  masked        INTEGER NOT NULL,
  deleted_at    INTEGER,
  UNIQUE (entry, n)
) STRICT;

-- An entry that loses its text loses it here as well.
CREATE TRIGGER chunks_erased AFTER UPDATE OF deleted_at ON entries
WHEN new.deleted_at IS NOT NULL AND old.deleted_at IS NULL
BEGIN
  UPDATE chunks SET text = '', deleted_at = ifnull(deleted_at, new.deleted_at) WHERE entry = new.id;
END;
