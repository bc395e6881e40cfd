-- Records are kept whole, as JSON documents. The columns beside a document are taken from it at each
-- write, for the orders and conditions of the reads. Every time is INTEGER microseconds since 1970, UTC.

CREATE TABLE person (
  id       TEXT    NOT NULL PRIMARY KEY,
  version  INTEGER NOT NULL CHECK (version >= 1),
  identity TEXT    NOT NULL UNIQUE,
  doc      TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE TABLE inquiry (
  id           TEXT    NOT NULL PRIMARY KEY,
  version      INTEGER NOT NULL CHECK (version >= 1),
  number       TEXT    NOT NULL UNIQUE,
  person       TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  office       TEXT    NOT NULL,
  stage        TEXT    NOT NULL,
  live         INTEGER NOT NULL CHECK (live IN (0, 1)),
  urgency      INTEGER NOT NULL,           -- 0 is the most urgent
  opened       INTEGER NOT NULL,
  due          INTEGER,
  next_attempt INTEGER,                    -- of the callback that is owed now
  owner        TEXT,                       -- the officer who holds that callback
  watch        TEXT,                       -- the key of the job that must wait while this stage lasts
  doc          TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

-- One live inquiry for a person and a reason.
CREATE UNIQUE INDEX inquiry_live     ON inquiry (person, reason) WHERE live = 1;
CREATE INDEX inquiry_review          ON inquiry (urgency, due, opened, id)
  WHERE stage IN ('review', 'spoken', 'unreached', 'to-book');
CREATE INDEX inquiry_first_look      ON inquiry (urgency, due, opened, id) WHERE stage = 'review';
CREATE INDEX inquiry_callbacks       ON inquiry (next_attempt, id) WHERE next_attempt IS NOT NULL;
CREATE INDEX inquiry_stage           ON inquiry (stage, opened, id);
CREATE INDEX inquiry_opened          ON inquiry (opened, id);
CREATE INDEX inquiry_live_stage      ON inquiry (stage, due) WHERE live = 1;

-- Each inquiry's appointments, those that are over and the one that stands.
CREATE TABLE visit (
  inquiry     TEXT    NOT NULL REFERENCES inquiry (id),
  n           INTEGER NOT NULL,
  appointment TEXT    NOT NULL,
  office      TEXT    NOT NULL,
  start       INTEGER NOT NULL,
  current     INTEGER NOT NULL CHECK (current IN (0, 1)),
  PRIMARY KEY (inquiry, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_day         ON visit (office, start);
CREATE INDEX visit_appointment ON visit (appointment);

CREATE TABLE staff (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  sign_in TEXT    NOT NULL UNIQUE,
  name    TEXT    NOT NULL,
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE TABLE session (
  id         TEXT    NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL CHECK (version >= 1),
  token_hash TEXT    NOT NULL UNIQUE,
  used       INTEGER NOT NULL,
  until      INTEGER NOT NULL,             -- when it ends if it is not used again
  doc        TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE TABLE draft (
  id         TEXT    NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL CHECK (version >= 1),
  token_hash TEXT    NOT NULL UNIQUE,
  saved      INTEGER NOT NULL,
  doc        TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE TABLE notice (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  inquiry TEXT    NOT NULL,
  queued  INTEGER NOT NULL,
  owed    INTEGER NOT NULL CHECK (owed IN (0, 1)),   -- still to be sent
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE INDEX notice_inquiry ON notice (inquiry, queued, id);
CREATE INDEX notice_owed    ON notice (id) WHERE owed = 1;

CREATE TABLE case_record (
  receipt TEXT NOT NULL PRIMARY KEY,
  doc     TEXT NOT NULL CHECK (json_valid(doc))
) STRICT;
