-- Back-channel logouts still to be delivered (OpenID Connect Back-Channel Logout 1.0): what a portal must hear survives a
-- crash of ours. A row goes when the portal took it, or after an hour of tries.
CREATE TABLE logout_queue (
  account_id      uuid NOT NULL REFERENCES account,
  portal_id       text NOT NULL,
  sid             text NOT NULL,
  queued_at       timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, portal_id, sid)
);
CREATE INDEX logout_queue_due ON logout_queue (next_attempt_at);
