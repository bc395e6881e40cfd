-- How far each program has been told what happened: one small document for each, shared by every node.
-- Expands: a new table.
CREATE TABLE hook (
  name text COLLATE "C" PRIMARY KEY,
  doc  json NOT NULL
);
