-- What proves who a member of staff is beside their password. Expands: a new table.
CREATE TABLE proof (
  staff   uuid   NOT NULL PRIMARY KEY,
  version bigint NOT NULL CHECK (version >= 1),
  doc     json   NOT NULL
);
