-- What proves who a member of staff is beside their password. Expands: a new table.
CREATE TABLE proof (
  staff   TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;
