-- The codes on messages and calls of ours: by which way each went, and when. Nothing of anybody.
-- Expands: a new table.
CREATE TABLE mark (
  code text COLLATE "C" PRIMARY KEY,
  way  text COLLATE "C" NOT NULL,
  at   timestamptz NOT NULL
);
CREATE INDEX mark_at ON mark (at);
