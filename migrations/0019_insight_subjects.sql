-- A recall is told in parts, and a message that tells what waits notes how far it does: what is yet to be sent says so, too.
UPDATE outbox SET subject = json_set(subject, '$.part', 0)
WHERE subject ->> 'kind' = 'insight-recall' AND sent_at IS NULL;

UPDATE outbox SET subject = json_set(subject, '$.told', 0, '$.isNews', json('false'))
WHERE subject ->> 'kind' = 'insights-waiting' AND sent_at IS NULL;
