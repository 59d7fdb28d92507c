-- The messages that said what is known of a session as a whole: whatever one of them said goes with it.
ALTER TABLE sessions ADD COLUMN query_by TEXT;
ALTER TABLE sessions ADD COLUMN final_output_by TEXT;
ALTER TABLE sessions ADD COLUMN summary_by TEXT;

-- Until now the query was the text of the message that opened the session.
UPDATE sessions SET query_by = session_id;
