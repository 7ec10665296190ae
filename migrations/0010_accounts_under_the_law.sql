-- What an account rests on: who checked what, when, on which form (Decree 69/2024 art. 10-14). Kept with the account.
CREATE TABLE account_evidence (
  account_id   uuid NOT NULL REFERENCES account,
  evidence_id  uuid NOT NULL,
  kind         text NOT NULL,
  case_id      uuid,
  office_id    text,
  recorded_by  uuid,
  approved_by  uuid,
  recorded_at  timestamptz NOT NULL,
  -- Sealed JSON: form number, references of the matching station, what was ticked.
  detail       bytea NOT NULL,
  PRIMARY KEY (account_id, evidence_id)
);

-- A dependant's account is used under the guardian's eyes (Decree 69/2024 art. 14(2)).
CREATE TABLE account_guardian (
  account_id          uuid NOT NULL REFERENCES account,
  guardian_account_id uuid NOT NULL REFERENCES account,
  since               timestamptz NOT NULL,
  ended_at            timestamptz,
  -- The registry says that the person has no guardian any more: of age, or able again.
  released            boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, guardian_account_id, since)
);
CREATE UNIQUE INDEX account_guardian_in_force ON account_guardian (account_id) WHERE ended_at IS NULL;
CREATE INDEX account_guardian_dependants ON account_guardian (guardian_account_id) WHERE ended_at IS NULL;

-- Offices in a tree: ministry, province, commune.
CREATE TABLE office (
  office_id text PRIMARY KEY,
  parent_id text REFERENCES office,
  tier      text NOT NULL CHECK (tier IN ('ministry', 'province', 'commune')),
  name_vi   text NOT NULL,
  name_en   text NOT NULL
);

CREATE TABLE officer (
  officer_id   uuid PRIMARY KEY,
  office_id    text NOT NULL REFERENCES office,
  role         text NOT NULL,
  state        text NOT NULL CHECK (state IN ('invited', 'confirmed', 'active', 'disabled')),
  -- Sealed JSON: name, work mail.
  personal     bytea NOT NULL,
  invited_by   uuid,
  confirmed_by uuid,
  created_at   timestamptz NOT NULL,
  disabled_at  timestamptz
);
