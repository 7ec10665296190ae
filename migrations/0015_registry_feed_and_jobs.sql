-- How far the registry's change feed has been followed. The row is written in the transaction of each change's effects.
CREATE TABLE registry_feed (
  feed       text PRIMARY KEY,
  -- The registry's own word for the place; NULL before the first change.
  cursor     text,
  -- Everything that happened before this moment has had its effect here: the lag is counted from it.
  seen_until timestamptz
);
INSERT INTO registry_feed (feed) VALUES ('population');

-- Every change that had its effect, since the registry may tell one again. Kept as long as it may (docs/registry.md).
CREATE TABLE registry_change_applied (
  cursor     text PRIMARY KEY,
  applied_at timestamptz NOT NULL
);
CREATE INDEX registry_change_applied_at ON registry_change_applied (applied_at);

-- When an account is next compared with its record, so that a card that runs out is found without an event (Decree 69/2024
-- art. 15). No row: at the next daily round. No date: never again.
CREATE TABLE account_registry_check (
  account_id uuid PRIMARY KEY REFERENCES account,
  check_on   date
);
CREATE INDEX account_registry_check_due ON account_registry_check (check_on);

-- Granted accounts that wait for their holder (Decree 69/2024 art. 14(1)).
CREATE INDEX account_waiting ON account (granted_at) WHERE state = 'granted';

-- A number is found after it was cancelled too: by the records that still speak of it.
CREATE INDEX account_identifier_ever ON account_identifier (key_version, hash);
