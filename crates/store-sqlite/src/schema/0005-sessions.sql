-- The sessions and tokens of a member of staff, for the list from which they revoke one.
CREATE INDEX session_staff ON session (json_extract(doc, '$.staff'), id);
