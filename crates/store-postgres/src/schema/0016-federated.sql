-- Whose account an identity at the agency's own provider is. Expands: a new table.
CREATE TABLE federated (
  key   text NOT NULL PRIMARY KEY,
  staff uuid NOT NULL
);
