-- What every decision about an account reads, in one place and one round trip.
CREATE VIEW account_facts AS
SELECT a.account_id, a.kind, a.state, a.level, a.personal, a.credentials_changed_at,
       ARRAY(SELECT l.ground FROM account_lock l WHERE l.account_id = a.account_id AND l.ended_at IS NULL ORDER BY l.ground) AS grounds
FROM account a;
