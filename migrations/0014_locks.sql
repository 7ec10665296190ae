-- "Lock my account" in a notice: good once, for 10 days, and for locking alone. Only its hash is here.
CREATE TABLE lock_link (
  account_id uuid NOT NULL REFERENCES account,
  token_hash bytea NOT NULL,
  made_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  PRIMARY KEY (account_id, token_hash)
);
CREATE UNIQUE INDEX lock_link_by_token ON lock_link (token_hash);

-- On what the end of a lock rests (form TK03, an authority's letter).
ALTER TABLE account_lock ADD COLUMN ended_document text;

-- Requests of bodies that may ask for a lock or its end (Law 26/2023 art. 34(1)(đ), (2)(d)).
CREATE TABLE authority_request (
  account_id  uuid NOT NULL REFERENCES account,
  request_id  uuid NOT NULL UNIQUE,
  asks        text NOT NULL CHECK (asks IN ('lock', 'unlock')),
  document    text NOT NULL,
  -- Sealed JSON: the body that asks, the reason of a refusal.
  detail      bytea NOT NULL,
  -- Day the letter arrived; it is to be received within one working day.
  arrived_on  date NOT NULL,
  received_at timestamptz NOT NULL,
  received_by uuid NOT NULL,
  office_id   text NOT NULL REFERENCES office,
  due_at      timestamptz NOT NULL,
  decision    text CHECK (decision IN ('granted', 'refused')),
  decided_at  timestamptz,
  decided_by  uuid,
  PRIMARY KEY (account_id, request_id),
  CHECK ((decision IS NULL) = (decided_by IS NULL)),
  -- Four eyes, whatever the program believes.
  CONSTRAINT authority_request_decided_by_another CHECK (decided_by <> received_by)
);
CREATE INDEX authority_request_open ON authority_request (due_at) WHERE decision IS NULL;
