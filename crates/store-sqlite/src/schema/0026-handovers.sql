-- Handovers of many promised calls, proposed by one person and approved by another. Expands: a new table.
CREATE TABLE handover (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  at      INTEGER NOT NULL,                        -- when it was proposed
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE INDEX handover_at ON handover (at, id);
