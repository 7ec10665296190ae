-- The program runs as a role that may add to the trail and read it, nothing else (src/storage/grant-application-rights.ts).
-- What it needs beyond that, a new month and the end of one after 5 years, it gets from two functions of the owner.

-- How the trail is looked at by portal.
CREATE INDEX audit_event_by_portal ON audit_event (portal_id, occurred_at) WHERE portal_id IS NOT NULL;

-- Makes the partitions of `months` months from `from_day`; those that exist are left alone, and what came before its month
-- was there moves into it. Months begin in UTC, whatever
-- the session says, and lie near the database's own date: nobody fills the catalogue through it.
CREATE OR REPLACE FUNCTION ensure_audit_partitions(from_day date, months integer) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
  first_day date := date_trunc('month', from_day)::date;
  month_start date;
  month_end date;
  partition text;
BEGIN
  IF months NOT BETWEEN 1 AND 24 OR from_day NOT BETWEEN current_date - 3660 AND current_date + 3660 THEN
    RAISE EXCEPTION 'no such months';
  END IF;
  FOR i IN 0..months - 1 LOOP
    month_start := (first_day + make_interval(months => i))::date;
    partition := 'audit_event_' || to_char(month_start, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
    month_end := (month_start + interval '1 month')::date;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.audit_event INCLUDING DEFAULTS)', partition);
    EXECUTE format('WITH moved AS (DELETE FROM public.audit_event_other WHERE occurred_at >= %L AND occurred_at < %L
      RETURNING event_id, occurred_at, kind, account_id, portal_id, actor, data) INSERT INTO public.%I
      (event_id, occurred_at, kind, account_id, portal_id, actor, data)
      SELECT event_id, occurred_at, kind, account_id, portal_id, actor, data FROM moved', month_start, month_end, partition);
    EXECUTE format('ALTER TABLE public.audit_event ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
      partition, month_start, month_end);
  END LOOP;
END $$;

-- Ends the months that lie whole more than 5 years before `as_of` (Decree 59/2022 art. 21), and says which. The caller's
-- date counts no further than the database's own: who only runs the program cannot shorten the 5 years.
CREATE FUNCTION drop_old_audit_partitions(as_of timestamptz) RETURNS SETOF text LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '2s' AS $$
DECLARE
  kept_from timestamptz := least(as_of, now()) - interval '5 years';
  month text;
BEGIN
  FOR month IN
    SELECT substring(c.relname FROM '^audit_event_(\d{4}_\d{2})$') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.audit_event'::regclass AND c.relname ~ '^audit_event_\d{4}_\d{2}$' ORDER BY c.relname
  LOOP
    CONTINUE WHEN to_timestamp(month, 'YYYY_MM') + interval '1 month' > kept_from;
    EXECUTE format('DROP TABLE public.%I', 'audit_event_' || month);
    RETURN NEXT month;
  END LOOP;
  -- what no month took
  DELETE FROM public.audit_event_other WHERE occurred_at < kept_from;
END $$;

REVOKE EXECUTE ON FUNCTION ensure_audit_partitions(date, integer), drop_old_audit_partitions(timestamptz) FROM PUBLIC;
