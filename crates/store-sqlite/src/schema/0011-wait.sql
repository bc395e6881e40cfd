-- Callers who wait for an operator, operators on duty, and the processes that hold calls.
-- Expands: new tables.
CREATE TABLE waiter (
  id          TEXT    NOT NULL PRIMARY KEY,
  version     INTEGER NOT NULL CHECK (version >= 1),
  queue       TEXT    NOT NULL,
  live        INTEGER NOT NULL CHECK (live IN (0, 1)),
  band        INTEGER NOT NULL,
  turn        INTEGER NOT NULL,            -- within the band, the earlier first
  first_asked INTEGER NOT NULL,
  operator    TEXT,                        -- whose telephone rings for them, or who speaks with them
  node        TEXT,                        -- the process that holds their call
  phone       TEXT,                        -- SHA-256 of their number
  person      TEXT,
  inquiry     TEXT,
  ended       INTEGER,                     -- when the wait was over
  doc         TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE INDEX waiter_live     ON waiter (band, turn, first_asked, id) WHERE live = 1;
CREATE INDEX waiter_phone    ON waiter (phone)    WHERE live = 1 AND phone IS NOT NULL;
CREATE INDEX waiter_person   ON waiter (person)   WHERE live = 1 AND person IS NOT NULL;
CREATE INDEX waiter_inquiry  ON waiter (inquiry)  WHERE live = 1 AND inquiry IS NOT NULL;
CREATE INDEX waiter_node     ON waiter (node)     WHERE node IS NOT NULL;
CREATE INDEX waiter_operator ON waiter (operator) WHERE operator IS NOT NULL;
CREATE INDEX waiter_ended    ON waiter (ended)    WHERE ended IS NOT NULL;

CREATE TABLE duty (
  id      TEXT    NOT NULL PRIMARY KEY,    -- the member of staff
  version INTEGER NOT NULL CHECK (version >= 1),
  on_duty INTEGER NOT NULL CHECK (on_duty IN (0, 1)),
  waiter  TEXT,                            -- whom they are rung for, or speak with
  node    TEXT,                            -- the process that their browser is connected to
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE INDEX duty_on     ON duty (id)     WHERE on_duty = 1;
CREATE INDEX duty_waiter ON duty (waiter) WHERE waiter IS NOT NULL;

CREATE TABLE line_node (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  until   INTEGER NOT NULL                 -- taken to be gone from then on
) STRICT;
