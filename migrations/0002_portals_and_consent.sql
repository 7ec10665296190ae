CREATE TABLE portal (
  portal_id   text PRIMARY KEY,
  document    jsonb NOT NULL,
  disabled_at timestamptz,
  created_at  timestamptz NOT NULL
);
-- Every process keeps the portals in memory and hears here which one changed.
CREATE FUNCTION tell_portal_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('portal_changed', NEW.portal_id);
  RETURN NEW;
END $$;
CREATE TRIGGER portal_changed AFTER INSERT OR UPDATE ON portal FOR EACH ROW EXECUTE FUNCTION tell_portal_changed();

-- The person's decision, per portal, claim and purpose (Law 91/2025 art. 9): who, when, what; kept when withdrawn.
CREATE TABLE consent (
  account_id      uuid NOT NULL REFERENCES account,
  portal_id       text NOT NULL REFERENCES portal,
  claim           text NOT NULL,
  purpose_version integer NOT NULL,
  decision        text NOT NULL CHECK (decision IN ('allow', 'deny')),
  decided_at      timestamptz NOT NULL,
  withdrawn_at    timestamptz,
  PRIMARY KEY (account_id, portal_id, claim, purpose_version, decided_at)
);
CREATE UNIQUE INDEX consent_in_force ON consent (account_id, portal_id, claim, purpose_version) WHERE withdrawn_at IS NULL;
