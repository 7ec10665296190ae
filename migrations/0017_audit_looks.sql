-- How the trail is looked at: by what happened, and by who did it. By account there is an index already.
CREATE INDEX audit_event_by_kind ON audit_event (kind, occurred_at);
CREATE INDEX audit_event_by_actor ON audit_event (actor, occurred_at) WHERE actor IS NOT NULL;

-- Figures count accounts without reading them, and those of an office by what was recorded there.
CREATE INDEX account_by_stage ON account (state, level);
CREATE INDEX account_evidence_by_office ON account_evidence (office_id, account_id);
