-- What one bot learned and others may use, as it stands; insight_events tells how it came to.
CREATE TABLE insights (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  thread_id     TEXT,
  private_thread INTEGER NOT NULL,
  session       INTEGER REFERENCES sessions ON DELETE SET NULL, -- it outlives the log it was learned in
  step          INTEGER,
  message_id    TEXT, -- null: a person wrote it down without a message
  author_id     INTEGER NOT NULL REFERENCES authors, -- who said it
  added_by      INTEGER REFERENCES authors, -- the person who shared what another said
  origin        TEXT NOT NULL,
  category      TEXT NOT NULL,
  content       TEXT NOT NULL, -- empty once what it was learned from was deleted
  confidence    REAL,
  sensitive     TEXT NOT NULL, -- JSON array
  scope         TEXT NOT NULL, -- JSON
  same_key      TEXT, -- what has the same words and scope has the same
  place_key     TEXT NOT NULL, -- where insights contradict one another: a server, a workspace, a private thread
  about         TEXT NOT NULL, -- its words
  denies        TEXT NOT NULL, -- those of them that it denies
  count         INTEGER NOT NULL,
  state         TEXT NOT NULL,
  version       INTEGER NOT NULL, -- of its latest event
  created_at    INTEGER NOT NULL,
  state_at      INTEGER NOT NULL,
  state_by      INTEGER REFERENCES authors,
  approved_by   INTEGER REFERENCES authors,
  shared_at     INTEGER,
  expires_at    INTEGER NOT NULL,
  flag          TEXT -- JSON
) STRICT;

CREATE INDEX insights_by_state ON insights (workspace_id, state, id);
CREATE INDEX insights_flagged ON insights (workspace_id, id) WHERE flag IS NOT NULL AND state IN ('approved', 'shared');
CREATE INDEX insights_same ON insights (same_key) WHERE same_key IS NOT NULL;
CREATE INDEX insights_about ON insights (place_key, category, about);
CREATE INDEX insights_due ON insights (expires_at) WHERE state IN ('pending', 'approved', 'shared');

CREATE TABLE insight_events (
  insight       INTEGER NOT NULL REFERENCES insights ON DELETE CASCADE,
  version       INTEGER NOT NULL,
  kind          TEXT NOT NULL,
  at            INTEGER NOT NULL,
  author_id     INTEGER REFERENCES authors, -- null: the rules, or time
  reason        TEXT,
  interaction_id TEXT, -- by which a person did it
  PRIMARY KEY (insight, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX insight_events_by_interaction ON insight_events (interaction_id) WHERE interaction_id IS NOT NULL;

-- What happened stays as it happened; only its words go, when they are deleted in Discord.
CREATE TRIGGER insight_events_append_only
BEFORE UPDATE OF insight, version, kind, at, author_id, interaction_id ON insight_events
BEGIN
  SELECT RAISE(ABORT, 'insight events are append-only');
END;

-- Every time that it was learned. `message_id`: of the step, or the interaction by which a person wrote it down.
CREATE TABLE insight_sources (
  message_id    TEXT NOT NULL,
  part          INTEGER NOT NULL,
  insight       INTEGER NOT NULL REFERENCES insights ON DELETE CASCADE,
  PRIMARY KEY (message_id, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX insight_sources_by_insight ON insight_sources (insight);

-- A message that hands insights to bots.
CREATE TABLE insight_posts (
  id            INTEGER PRIMARY KEY,
  workspace_id  INTEGER NOT NULL REFERENCES workspaces ON DELETE CASCADE,
  channel_id    TEXT, -- once it is sent
  message_id    TEXT
) STRICT;

-- Which bot has what: each once.
CREATE TABLE insight_deliveries (
  insight       INTEGER NOT NULL REFERENCES insights ON DELETE CASCADE,
  author_id     INTEGER NOT NULL REFERENCES authors,
  delivered_at  INTEGER NOT NULL,
  seen_at       INTEGER,
  artifact_id   TEXT NOT NULL,
  post          INTEGER REFERENCES insight_posts ON DELETE SET NULL, -- null: nothing was posted
  PRIMARY KEY (insight, author_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX insight_deliveries_by_post ON insight_deliveries (post) WHERE post IS NOT NULL;
CREATE INDEX insight_deliveries_by_artifact ON insight_deliveries (artifact_id);
CREATE INDEX insight_deliveries_by_bot ON insight_deliveries (author_id);

-- Steps that say by which insights they were led.
CREATE TABLE insight_uses (
  insight       INTEGER NOT NULL REFERENCES insights ON DELETE CASCADE,
  entry         INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
  PRIMARY KEY (insight, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX insight_uses_by_entry ON insight_uses (entry);

-- The latest message that tells how many wait in a workspace.
CREATE TABLE insight_cards (
  workspace_id  INTEGER PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
  at            INTEGER NOT NULL, -- of its posting
  newest        INTEGER NOT NULL, -- the latest insight that it has told of
  channel_id    TEXT NOT NULL,
  message_id    TEXT NOT NULL
) STRICT;

CREATE INDEX entries_insights ON entries (session, step) WHERE insight_category IS NOT NULL;
