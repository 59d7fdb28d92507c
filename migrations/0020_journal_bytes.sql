-- What is noted is kept as the bytes that it comes in: text would be converted on its way in and out.
CREATE TABLE noted (
  id            INTEGER PRIMARY KEY,
  messages      INTEGER NOT NULL,
  batch         BLOB NOT NULL -- JSON, a line for each message
) STRICT;

INSERT INTO noted
SELECT id, messages, CAST((SELECT ifnull(group_concat(value || char(10), '' ORDER BY key), '') FROM json_each(observed)) AS BLOB)
FROM journal;

DROP TABLE journal;
ALTER TABLE noted RENAME TO journal;
