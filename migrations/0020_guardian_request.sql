-- A guardian of somebody under 14 confirms until the 14th birthday; of a ward, at any age (Decree 69/2024 art. 14(2)).
-- What is not known to be a child's guardian stays.
ALTER TABLE account_guardian ADD COLUMN ward boolean NOT NULL DEFAULT true;

CREATE OR REPLACE VIEW account_facts AS
SELECT a.account_id, a.kind, a.state, a.level, a.personal, a.credentials_changed_at,
       ARRAY(SELECT l.ground FROM account_lock l WHERE l.account_id = a.account_id AND l.ended_at IS NULL ORDER BY l.ground) AS grounds,
       (SELECT jsonb_build_object(
                 'subject', g.guardian_account_id,
                 'inForce', g.ended_at IS NULL,
                 'ward', g.ward,
                 'sinceSeconds', ceil(extract(epoch FROM g.since)),
                 'state', w.state,
                 'level', w.level,
                 'grounds', ARRAY(SELECT l.ground FROM account_lock l WHERE l.account_id = w.account_id AND l.ended_at IS NULL ORDER BY l.ground))
        FROM account_guardian g JOIN account w ON w.account_id = g.guardian_account_id
        WHERE g.account_id = a.account_id
          AND NOT EXISTS (SELECT 1 FROM account_guardian r WHERE r.account_id = a.account_id AND r.released)
        ORDER BY g.ended_at DESC NULLS FIRST
        LIMIT 1) AS guardian
FROM account a;

-- A guardian who comes along to the counter: the phone is the guardian's, who may bring several children in one day.
ALTER TABLE enrolment_case ADD COLUMN guardian_account_id uuid REFERENCES account;
DROP INDEX enrolment_case_open_phone;
CREATE UNIQUE INDEX enrolment_case_open_phone ON enrolment_case (phone_version, phone_hash)
  WHERE state = 'submitted' AND guardian_account_id IS NULL;
