-- Who has asked for a log, and when for the first time.
CREATE TABLE askers (
  guild_id      TEXT NOT NULL,
  user_id       TEXT NOT NULL,
  first_at      INTEGER NOT NULL,
  PRIMARY KEY (guild_id, user_id)
) STRICT, WITHOUT ROWID;

-- Whether answers about a session helped a person; their latest word.
CREATE TABLE ratings (
  session       INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
  user_id       TEXT NOT NULL,
  helped        INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (session, user_id)
) STRICT, WITHOUT ROWID;

-- The steps that a person said were wrong. What they said is an entry of the session.
CREATE TABLE objections (
  session       INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
  step          INTEGER NOT NULL,
  user_id       TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (session, step, user_id)
) STRICT, WITHOUT ROWID;
