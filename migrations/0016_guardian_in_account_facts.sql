-- A dependant's sign-in needs the guardian's confirmation (Decree 69/2024 art. 14(2)): who is in charge, or was last, and
-- whether that account may be used, travel with the facts of the account, in the same round trip.
CREATE OR REPLACE VIEW account_facts AS
SELECT a.account_id, a.kind, a.state, a.level, a.personal, a.credentials_changed_at,
       ARRAY(SELECT l.ground FROM account_lock l WHERE l.account_id = a.account_id AND l.ended_at IS NULL ORDER BY l.ground) AS grounds,
       (SELECT jsonb_build_object(
                 'subject', g.guardian_account_id,
                 'inForce', g.ended_at IS NULL,
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
