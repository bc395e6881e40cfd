-- Versions of policies that are made at the desk. Expands: a new table.
CREATE TABLE revision (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  policy  TEXT    NOT NULL,
  stage   TEXT    NOT NULL,
  name    TEXT,                                      -- what no other version of the policy may be called
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE UNIQUE INDEX revision_name ON revision (policy, name) WHERE name IS NOT NULL;
CREATE INDEX revision_stage ON revision (stage, id);
