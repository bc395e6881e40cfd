-- How often something outside was asked lately: one small document for each, shared by all who use this store.
-- Expands: a new table.
CREATE TABLE pace (
  name TEXT NOT NULL PRIMARY KEY,
  doc  TEXT NOT NULL
) STRICT;
