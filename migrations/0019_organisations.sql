-- Who acts for an organisation by law. A row names the number by keyed hash; the account is there once that person has one.
CREATE TABLE organisation_representative (
  account_id        uuid NOT NULL REFERENCES account,
  number_version    smallint NOT NULL,
  number_hash       bytea NOT NULL,
  since             timestamptz NOT NULL,
  ended_at          timestamptz,
  representative_id uuid REFERENCES account,
  PRIMARY KEY (account_id, number_version, number_hash, since)
);
CREATE UNIQUE INDEX organisation_representative_in_force
  ON organisation_representative (account_id, number_version, number_hash) WHERE ended_at IS NULL;
-- Read at every use of a token that may speak for an organisation.
CREATE INDEX organisation_representative_acting ON organisation_representative (representative_id) WHERE ended_at IS NULL;
CREATE INDEX organisation_representative_unbound
  ON organisation_representative (number_version, number_hash) WHERE representative_id IS NULL AND ended_at IS NULL;

-- An application for an organisation's account (Decree 69/2024 art. 11): the other representatives consent, one officer
-- compares, another decides.
CREATE TABLE organisation_application (
  application_id uuid PRIMARY KEY,
  -- What is told on the telephone.
  number         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  state          text NOT NULL CHECK (state IN ('awaiting_consent', 'submitted', 'received', 'granted', 'refused', 'withdrawn')),
  tax_version    smallint NOT NULL,
  tax_hash       bytea NOT NULL,
  applicant_id   uuid NOT NULL REFERENCES account,
  -- Sealed JSON: the organisation as the register had it, what was compared, why it was refused.
  detail         bytea NOT NULL,
  made_at        timestamptz NOT NULL,
  -- All had consented: the law's time runs from here.
  submitted_at   timestamptz,
  due_at         timestamptz,
  office_id      text REFERENCES office,
  received_by    uuid REFERENCES officer,
  received_at    timestamptz,
  touched_by     uuid[] NOT NULL DEFAULT '{}',
  decided_by     uuid REFERENCES officer,
  decided_at     timestamptz,
  -- Of the organisation, from the grant on.
  account_id     uuid REFERENCES account,
  CHECK ((state IN ('granted', 'refused')) >= (decided_by IS NOT NULL)),
  CHECK (state <> 'granted' OR (received_by IS NOT NULL AND decided_by IS NOT NULL)),
  -- Four eyes, whatever the program believes.
  CONSTRAINT organisation_application_decided_by_another CHECK (decided_by <> ALL (touched_by))
);
CREATE UNIQUE INDEX organisation_application_open ON organisation_application (tax_version, tax_hash)
  WHERE state IN ('awaiting_consent', 'submitted', 'received');
CREATE INDEX organisation_application_queue ON organisation_application (state, due_at);
CREATE INDEX organisation_application_by_applicant ON organisation_application (applicant_id);

-- One row for each legal representative, the applicant among them: silence is no consent.
CREATE TABLE organisation_consent (
  application_id uuid NOT NULL REFERENCES organisation_application,
  number_version smallint NOT NULL,
  number_hash    bytea NOT NULL,
  decision       text CHECK (decision IN ('agreed', 'declined')),
  decided_by     uuid REFERENCES account,
  decided_at     timestamptz,
  PRIMARY KEY (application_id, number_version, number_hash),
  CHECK ((decision IS NULL) = (decided_by IS NULL))
);
CREATE INDEX organisation_consent_asked ON organisation_consent (number_version, number_hash);
