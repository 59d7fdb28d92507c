-- What came faster than it could be recorded, as it came but for what is masked, until it is recorded.
CREATE TABLE journal (
  id            INTEGER PRIMARY KEY,
  messages      INTEGER NOT NULL,
  observed      TEXT NOT NULL -- JSON array
) STRICT;
