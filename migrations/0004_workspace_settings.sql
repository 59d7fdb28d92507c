-- What a person set of a workspace beside what it is; a key that is absent is as its rule or its type says.
ALTER TABLE workspaces ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'; -- JSON object
