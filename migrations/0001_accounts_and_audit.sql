-- The subject's record. Personal data is one sealed value (AES-256-GCM); what must be found is found by keyed hash.
-- account_id stands first in every key, so that the tables can be distributed by it.
CREATE TABLE account (
  account_id             uuid PRIMARY KEY,
  kind                   text NOT NULL CHECK (kind IN ('citizen', 'foreigner', 'organisation')),
  state                  text NOT NULL CHECK (state IN ('submitted', 'rejected', 'granted', 'activation_overdue', 'active', 'ended')),
  level                  text CHECK (level IN ('01', '02')),
  personal               bytea NOT NULL,
  -- Sessions, codes and tokens issued before this moment no longer count.
  credentials_changed_at timestamptz NOT NULL,
  created_at             timestamptz NOT NULL,
  granted_at             timestamptz,
  activated_at           timestamptz
);

-- Personal ID numbers by keyed hash, kept as history: a number can be cancelled and re-established (Law 26/2023).
CREATE TABLE account_identifier (
  account_id  uuid NOT NULL REFERENCES account,
  key_version smallint NOT NULL,
  hash        bytea NOT NULL,
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz,
  PRIMARY KEY (account_id, key_version, hash)
);
-- One account a number in force.
CREATE UNIQUE INDEX account_identifier_in_force ON account_identifier (key_version, hash) WHERE valid_to IS NULL;

CREATE TABLE account_phone (
  account_id  uuid NOT NULL REFERENCES account,
  key_version smallint NOT NULL,
  hash        bytea NOT NULL,
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz,
  PRIMARY KEY (account_id, key_version, hash, valid_from)
);
-- One phone serves one account.
CREATE UNIQUE INDEX account_phone_in_force ON account_phone (key_version, hash) WHERE valid_to IS NULL;

-- A lock is a set of grounds (Decree 69/2024 art. 15, Law 26/2023 art. 34); the account opens when none is left.
CREATE TABLE account_lock (
  account_id uuid NOT NULL REFERENCES account,
  ground     text NOT NULL,
  placed_at  timestamptz NOT NULL,
  placed_by  text NOT NULL,
  document   text,
  ended_at   timestamptz,
  ended_by   text,
  PRIMARY KEY (account_id, ground, placed_at)
);
CREATE UNIQUE INDEX account_lock_open ON account_lock (account_id, ground) WHERE ended_at IS NULL;

-- Append-only, by month, kept 5 years (Decree 59/2022 art. 21). No personal data in clear.
CREATE TABLE audit_event (
  event_id    uuid NOT NULL DEFAULT gen_random_uuid(),
  occurred_at timestamptz NOT NULL,
  kind        text NOT NULL,
  account_id  uuid,
  portal_id   text,
  actor       text,
  data        jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (occurred_at, event_id)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX audit_event_by_account ON audit_event (account_id, occurred_at);
-- An event outside every month is kept all the same: losing it would be worse than a slow partition.
CREATE TABLE audit_event_other PARTITION OF audit_event DEFAULT;

-- Makes the partitions of `months` months from `from_day`; those that exist are left alone.
CREATE FUNCTION ensure_audit_partitions(from_day date, months integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_day date := date_trunc('month', from_day)::date;
  month_start date;
BEGIN
  FOR i IN 0..months - 1 LOOP
    month_start := (first_day + make_interval(months => i))::date;
    EXECUTE format('CREATE TABLE IF NOT EXISTS audit_event_%s PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)',
      to_char(month_start, 'YYYY_MM'), month_start, (month_start + interval '1 month')::date);
  END LOOP;
END $$;
SELECT ensure_audit_partitions(CURRENT_DATE, 13);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
