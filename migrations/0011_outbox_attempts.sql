-- What is known of a send while nobody knows how it ended, and why a message was given up.
ALTER TABLE outbox ADD COLUMN workspace_id INTEGER REFERENCES workspaces; -- null: it is about none
ALTER TABLE outbox ADD COLUMN tried_at INTEGER; -- a send was begun then, and how it ended is not known
ALTER TABLE outbox ADD COLUMN tried_in TEXT; -- the channel it was sent to
ALTER TABLE outbox ADD COLUMN print TEXT; -- a hash of what was sent, by which it is found in the channel
ALTER TABLE outbox ADD COLUMN given_up_at INTEGER; -- Discord refused it then, with `error`

UPDATE outbox SET workspace_id = coalesce(
  subject ->> 'workspaceId',
  (SELECT e.workspace_id FROM escalations e WHERE e.id = subject ->> 'id'),
  (SELECT w.id FROM workspaces w WHERE w.channel_id = outbox.channel_id)
) WHERE due_at IS NOT NULL;

CREATE INDEX outbox_by_message ON outbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL;
