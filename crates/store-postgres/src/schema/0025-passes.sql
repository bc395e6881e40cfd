-- What opens one thing to a program that holds its token: a person's inquiry, a calendar. Expands: a new table.
CREATE TABLE pass (
  id         uuid        PRIMARY KEY,
  token_hash text        COLLATE "C" NOT NULL CONSTRAINT pass_token UNIQUE,
  owner      uuid        NOT NULL,
  until      timestamptz NOT NULL,
  doc        json        NOT NULL
);
CREATE INDEX pass_owner ON pass (owner);
CREATE INDEX pass_until ON pass (until);
