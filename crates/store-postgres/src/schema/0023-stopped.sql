-- Numbers that want no texts, by a keyed hash: also for what is asked later.
-- Expands: a new table.
CREATE TABLE stopped (
  phone text COLLATE "C" PRIMARY KEY,
  at    timestamptz NOT NULL
);
