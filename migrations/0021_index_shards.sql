-- The search index files words by shards (src/store/shards.ts), so what it holds of an entry is not the entry's text any more: it has no
-- content of its own, and is told what it is to forget. It is made anew from the entries, as it follows them.
DROP TABLE entries_fts;
CREATE VIRTUAL TABLE entries_fts USING fts5 (
  message,
  tags,
  content = '',
  tokenize = 'porter unicode61',
  columnsize = 0
);
INSERT INTO entries_fts (entries_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO entries_fts (entries_fts, rank) VALUES ('automerge', 0);
INSERT INTO entries_fts (entries_fts, rank) VALUES ('usermerge', 8);
UPDATE workspaces SET indexed_id = NULL;
