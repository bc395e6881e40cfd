-- Whose account an identity at the agency's own provider is. Expands: a new table.
CREATE TABLE federated (
  key   TEXT NOT NULL PRIMARY KEY,
  staff TEXT NOT NULL
) STRICT, WITHOUT ROWID;
