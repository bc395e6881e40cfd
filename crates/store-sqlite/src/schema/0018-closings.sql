-- Offices' closings. Expands: a new table.
CREATE TABLE closing (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  office  TEXT    NOT NULL,
  stage   TEXT    NOT NULL,
  shuts   INTEGER NOT NULL CHECK (shuts IN (0, 1)),  -- its time takes no visits
  starts  INTEGER NOT NULL,
  ends    INTEGER NOT NULL CHECK (ends > starts),
  why     TEXT    NOT NULL CHECK (json_valid(why)),  -- what people read
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE INDEX closing_ends ON closing (ends, id);
-- Asked before every place that is taken.
CREATE INDEX closing_shut ON closing (office, ends) WHERE shuts = 1;
