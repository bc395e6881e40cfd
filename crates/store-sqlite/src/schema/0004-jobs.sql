-- Work due at a time. A job that is done is gone; one that was given up stays visible.
CREATE TABLE job (
  n           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id          TEXT    NOT NULL UNIQUE,
  key         TEXT    NOT NULL UNIQUE,
  kind        TEXT    NOT NULL CHECK (json_valid(kind)),
  due         INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  fence       INTEGER NOT NULL DEFAULT 0,  -- grows with each lease
  worker      TEXT,
  lease_until INTEGER,
  again       INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)),  -- queued anew while leased
  why         TEXT,
  died        INTEGER,                     -- when it was given up
  CHECK ((worker IS NULL) = (lease_until IS NULL))
) STRICT;

CREATE INDEX job_due  ON job (due, n) WHERE died IS NULL;
CREATE INDEX job_dead ON job (died, n) WHERE died IS NOT NULL;
