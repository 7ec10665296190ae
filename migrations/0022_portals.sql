-- Who registered a portal, why it is closed, and since when it is open again: what was issued before stays dead.
ALTER TABLE portal
  ADD COLUMN registered_by     text,
  ADD COLUMN disabled_reason   text,
  ADD COLUMN disabled_document text,
  ADD COLUMN reopened_at       timestamptz;

-- A portal's logo, fetched once and served by us under the hash of its content; several portals may share one.
CREATE TABLE portal_logo (
  file       text PRIMARY KEY,
  content    bytea NOT NULL,
  fetched_at timestamptz NOT NULL
);

-- One registrar writes a portal down, another appraises it and confirms (Decree 69/2024: agreement, appraisal in 30 days).
CREATE TABLE portal_proposal (
  proposal_id   uuid PRIMARY KEY,
  portal_id     text NOT NULL,
  file          jsonb NOT NULL,
  proposed_by   text NOT NULL,
  proposed_at   timestamptz NOT NULL,
  due_at        timestamptz NOT NULL,
  decided_by    text,
  decided_at    timestamptz,
  decision      text CHECK (decision IN ('confirmed', 'refused')),
  record_number text,
  CHECK ((decided_at IS NULL) = (decision IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (decision IS DISTINCT FROM 'confirmed' OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX portal_proposal_waiting ON portal_proposal (portal_id) WHERE decided_at IS NULL;
