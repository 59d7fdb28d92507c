ALTER TABLE workspaces ADD COLUMN told TEXT; -- a digest of the notice that its channel was given last; '': not known, null: none

UPDATE workspaces SET told = '' WHERE notice IS NOT NULL;
