-- What a person signs in with. account_id stands first in every key, so that the tables can be distributed by it.

-- argon2id in PHC form; the pepper that keys it lies outside the database, named here by its version.
CREATE TABLE password (
  account_id     uuid PRIMARY KEY REFERENCES account,
  hash           text NOT NULL,
  pepper_version smallint NOT NULL,
  set_at         timestamptz NOT NULL,
  -- Set when the hundredth wrong try in a row was made: only a new password opens this way again.
  exhausted_at   timestamptz
);

-- RFC 6238. last_step only ever grows: a code is accepted once.
CREATE TABLE totp (
  account_id   uuid PRIMARY KEY REFERENCES account,
  secret       bytea NOT NULL,
  last_step    bigint NOT NULL,
  enrolled_at  timestamptz NOT NULL,
  exhausted_at timestamptz
);

-- The handle an account is known by on the devices of its passkeys: random, and no other id of ours.
CREATE TABLE passkey_handle (
  account_id uuid PRIMARY KEY REFERENCES account,
  handle     bytea NOT NULL UNIQUE
);

CREATE TABLE passkey (
  account_id    uuid NOT NULL REFERENCES account,
  credential_id bytea NOT NULL,
  public_key    bytea NOT NULL,
  counter       bigint NOT NULL,
  -- Backup flags (WebAuthn Level 3, 6.1.3): may be synced between devices, and is.
  may_sync      boolean NOT NULL,
  synced        boolean NOT NULL,
  transports    text[] NOT NULL,
  aaguid        text NOT NULL,
  name          text NOT NULL,
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz,
  PRIMARY KEY (account_id, credential_id)
);
