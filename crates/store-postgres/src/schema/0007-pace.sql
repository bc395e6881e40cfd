-- How often something outside was asked lately: one small document for each, shared by every node.
-- Expands: a new table.
CREATE TABLE pace (
  name text COLLATE "C" PRIMARY KEY,
  doc  json NOT NULL
);
