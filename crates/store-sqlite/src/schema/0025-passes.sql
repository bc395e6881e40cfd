-- What opens one thing to a program that holds its token: a person's inquiry, a calendar. Expands: a new table.
CREATE TABLE pass (
  id         TEXT NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  owner      TEXT NOT NULL,
  until      INTEGER NOT NULL,
  doc        TEXT NOT NULL
) STRICT;
CREATE INDEX pass_owner ON pass (owner);
CREATE INDEX pass_until ON pass (until);
