-- An application for level 02 taken at a counter (Decree 69/2024 art. 10): one officer receives it, another decides.
CREATE TABLE enrolment_case (
  case_id        uuid PRIMARY KEY,
  -- What is written on the citizen's receipt and told on the telephone.
  case_number    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  office_id      text NOT NULL REFERENCES office,
  change         text NOT NULL CHECK (change IN ('grant', 'raise_level')),
  state          text NOT NULL CHECK (state IN ('submitted', 'granted', 'refused')),
  -- The account to be raised; of a new one from the grant on.
  account_id     uuid REFERENCES account,
  -- Sealed JSON: the person as the registry had them, phone, mail, what was checked, why it was refused.
  detail         bytea NOT NULL,
  number_version smallint NOT NULL,
  number_hash    bytea NOT NULL,
  phone_version  smallint NOT NULL,
  phone_hash     bytea NOT NULL,
  submitted_by   uuid NOT NULL REFERENCES officer,
  submitted_at   timestamptz NOT NULL,
  due_at         timestamptz NOT NULL,
  -- Everybody who wrote anything into it.
  touched_by     uuid[] NOT NULL,
  decided_by     uuid REFERENCES officer,
  decided_at     timestamptz,
  CHECK ((state = 'submitted') = (decided_by IS NULL)),
  -- Four eyes, whatever the program believes.
  CONSTRAINT enrolment_case_decided_by_another CHECK (decided_by <> ALL (touched_by) AND submitted_by = ANY (touched_by))
);
CREATE UNIQUE INDEX enrolment_case_open_number ON enrolment_case (number_version, number_hash) WHERE state = 'submitted';
CREATE UNIQUE INDEX enrolment_case_open_phone ON enrolment_case (phone_version, phone_hash) WHERE state = 'submitted';
CREATE INDEX enrolment_case_queue ON enrolment_case (state, due_at);
CREATE INDEX enrolment_case_by_office ON enrolment_case (office_id, state, due_at);
CREATE INDEX enrolment_case_by_number ON enrolment_case (number_version, number_hash);
CREATE INDEX enrolment_case_by_account ON enrolment_case (account_id);

-- A granted holder is invited to activate (Decree 69/2024 art. 14(1)); what lapsed only the help desk renews.
CREATE TABLE account_invitation (
  account_id    uuid NOT NULL REFERENCES account,
  invitation_id uuid NOT NULL,
  case_id       uuid NOT NULL,
  change        text NOT NULL CHECK (change IN ('activate', 'raise_level')),
  made_at       timestamptz NOT NULL,
  made_by       text NOT NULL,
  -- When the message went out: the days count from the notice.
  told_at       timestamptz,
  expires_at    timestamptz NOT NULL,
  used_at       timestamptz,
  -- Renewed by a later one.
  ended_at      timestamptz,
  PRIMARY KEY (account_id, invitation_id)
);
CREATE UNIQUE INDEX account_invitation_open ON account_invitation (account_id) WHERE used_at IS NULL AND ended_at IS NULL;
CREATE INDEX account_invitation_lapsing ON account_invitation (expires_at) WHERE used_at IS NULL AND ended_at IS NULL;
