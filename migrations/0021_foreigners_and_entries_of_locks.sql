-- Two bodies may ask for a lock of one account: each request is an entry of its own in the set of grounds, and ends by its own
-- end alone. `entry` is the request's id; empty for a ground that there is once.
ALTER TABLE account_lock ADD COLUMN entry text NOT NULL DEFAULT '';
UPDATE account_lock l SET entry = r.request_id::text
FROM authority_request r
WHERE l.ground = 'authority_request' AND l.ended_at IS NULL AND r.account_id = l.account_id AND r.document = l.document
  AND r.asks = 'lock' AND r.decision = 'granted' AND r.decided_at = l.placed_at;
ALTER TABLE account_lock DROP CONSTRAINT account_lock_pkey;
ALTER TABLE account_lock ADD PRIMARY KEY (account_id, ground, entry, placed_at);
DROP INDEX account_lock_open;
CREATE UNIQUE INDEX account_lock_open ON account_lock (account_id, ground, entry) WHERE ended_at IS NULL;

-- The request whose lock this one asks to end.
ALTER TABLE authority_request ADD COLUMN lifts uuid;

-- Form TK01 of an application, to find it by.
ALTER TABLE enrolment_case ADD COLUMN form_number text;
CREATE INDEX enrolment_case_by_form ON enrolment_case (form_number) WHERE form_number IS NOT NULL;
