-- The codes on messages and calls of ours: by which way each went, and when. Nothing of anybody.
-- Expands: a new table.
CREATE TABLE mark (
  code TEXT NOT NULL PRIMARY KEY,
  way  TEXT NOT NULL,
  at   INTEGER NOT NULL
) STRICT;
CREATE INDEX mark_at ON mark (at);
