-- By what an officer is known on the devices of their passkeys: random, and no other id of ours.
ALTER TABLE officer ADD COLUMN handle bytea NOT NULL UNIQUE;
ALTER TABLE officer ADD CONSTRAINT officer_role_known CHECK (role IN
  ('counter_officer', 'approver', 'help_desk', 'portal_registrar', 'auditor', 'security_administrator'));
-- Four eyes, whatever the program believes: nobody confirms whom they invited.
ALTER TABLE officer ADD CONSTRAINT officer_invited_and_confirmed_by_two CHECK (confirmed_by <> invited_by);

-- An officer signs in with a passkey and with nothing else.
CREATE TABLE officer_passkey (
  officer_id    uuid NOT NULL REFERENCES officer,
  credential_id bytea NOT NULL,
  public_key    bytea NOT NULL,
  counter       bigint NOT NULL,
  may_sync      boolean NOT NULL,
  synced        boolean NOT NULL,
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz,
  PRIMARY KEY (officer_id, credential_id)
);

-- The link by which an officer makes that passkey: good once and for a day. Only its hash is here.
CREATE TABLE officer_enrolment (
  token_hash bytea PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES officer,
  made_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at   timestamptz
);
CREATE UNIQUE INDEX officer_enrolment_open ON officer_enrolment (officer_id) WHERE ended_at IS NULL;
