-- The segments of the search index are merged in steps of their own (src/store/search-index.ts), not as a part of whatever transaction
-- adds the text that makes them too many: that one would take as long as it likes.
INSERT INTO entries_fts (entries_fts, rank) VALUES ('automerge', 0);
INSERT INTO entries_fts (entries_fts, rank) VALUES ('usermerge', 8);
