-- The file that stands for a table of the pack, whole, as it was imported: at most one for each table.
CREATE TABLE imported (
  tbl     text        COLLATE "C" PRIMARY KEY CHECK (tbl IN ('zips', 'offices', 'holidays')),
  version bigint      NOT NULL CHECK (version >= 1),
  rows    bigint      NOT NULL CHECK (rows >= 0),
  hash    text        COLLATE "C" NOT NULL,
  as_of   text        COLLATE "C",         -- a date, if the file says of which day it is
  at      timestamptz NOT NULL,
  text    text        NOT NULL
);

-- Every live inquiry in turn, for an import that asks which of them it touches.
CREATE INDEX inquiry_live_each ON inquiry (id) WHERE live;
