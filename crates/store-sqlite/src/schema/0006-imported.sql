-- The file that stands for a table of the pack, whole, as it was imported: at most one for each table.
CREATE TABLE imported (
  tbl     TEXT    NOT NULL PRIMARY KEY CHECK (tbl IN ('zips', 'offices', 'holidays')),
  version INTEGER NOT NULL CHECK (version >= 1),
  rows    INTEGER NOT NULL CHECK (rows >= 0),
  hash    TEXT    NOT NULL,
  as_of   TEXT,                            -- a date, if the file says of which day it is
  at      INTEGER NOT NULL,
  text    TEXT    NOT NULL                 -- last: whoever asks for versions does not read past them
) STRICT;

-- Every live inquiry in turn, for an import that asks which of them it touches.
CREATE INDEX inquiry_live_each ON inquiry (id) WHERE live = 1;
