-- Numbers that want no texts, by a keyed hash: also for what is asked later.
-- Expands: a new table.
CREATE TABLE stopped (
  phone TEXT NOT NULL PRIMARY KEY,
  at    INTEGER NOT NULL
) STRICT;
