-- Callers who wait for an operator, operators on duty, and the processes that hold calls.
-- Expands: new tables.
CREATE TABLE waiter (
  id          uuid   PRIMARY KEY,
  version     bigint NOT NULL CHECK (version >= 1),
  queue       text   COLLATE "C" NOT NULL,
  live        boolean NOT NULL,
  band        bigint NOT NULL,
  turn        timestamptz NOT NULL,        -- within the band, the earlier first
  first_asked timestamptz NOT NULL,
  operator    uuid,                        -- whose telephone rings for them, or who speaks with them
  node        uuid,                        -- the process that holds their call
  phone       text   COLLATE "C",          -- SHA-256 of their number
  person      uuid,
  inquiry     uuid,
  ended       timestamptz,                 -- when the wait was over
  doc         json   NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX waiter_live     ON waiter (band, turn, first_asked, id) WHERE live;
CREATE INDEX waiter_phone    ON waiter (phone)    WHERE live AND phone IS NOT NULL;
CREATE INDEX waiter_person   ON waiter (person)   WHERE live AND person IS NOT NULL;
CREATE INDEX waiter_inquiry  ON waiter (inquiry)  WHERE live AND inquiry IS NOT NULL;
CREATE INDEX waiter_node     ON waiter (node)     WHERE node IS NOT NULL;
CREATE INDEX waiter_operator ON waiter (operator) WHERE operator IS NOT NULL;
CREATE INDEX waiter_ended    ON waiter (ended)    WHERE ended IS NOT NULL;

CREATE TABLE duty (
  id      uuid    PRIMARY KEY,             -- the member of staff
  version bigint  NOT NULL CHECK (version >= 1),
  on_duty boolean NOT NULL,
  waiter  uuid,                            -- whom they are rung for, or speak with
  node    uuid,                            -- the process that their browser is connected to
  doc     json    NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX duty_on     ON duty (id)     WHERE on_duty;
CREATE INDEX duty_waiter ON duty (waiter) WHERE waiter IS NOT NULL;

CREATE TABLE line_node (
  id      uuid   PRIMARY KEY,
  version bigint NOT NULL CHECK (version >= 1),
  until   timestamptz NOT NULL             -- taken to be gone from then on
) WITH (fillfactor = 70);
