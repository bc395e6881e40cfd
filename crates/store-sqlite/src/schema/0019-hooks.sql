-- How far each program has been told what happened: one small document for each.
-- Expands: a new table.
CREATE TABLE hook (
  name TEXT NOT NULL PRIMARY KEY,
  doc  TEXT NOT NULL
) STRICT;
