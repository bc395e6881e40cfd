-- One row for each place in time and pool, born when it is first claimed. The schedule says how many it takes;
-- the row keeps the size that the last claim brought along.
CREATE TABLE slot (
  id       INTEGER NOT NULL PRIMARY KEY,
  office   TEXT    NOT NULL,
  service  TEXT    NOT NULL,
  start    INTEGER NOT NULL,
  pool     TEXT    NOT NULL,
  taken    INTEGER NOT NULL,
  capacity INTEGER NOT NULL,
  UNIQUE (office, service, start, pool),
  CHECK (taken BETWEEN 0 AND capacity)
) STRICT;

CREATE INDEX slot_start  ON slot (start) WHERE taken > 0;
CREATE INDEX slot_office ON slot (office, start) WHERE taken > 0;

-- Who holds a place. A hold has an end; a firm booking has none.
CREATE TABLE claim (
  holder  TEXT    NOT NULL,
  slot    INTEGER NOT NULL REFERENCES slot (id),
  expires INTEGER,
  PRIMARY KEY (holder, slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_slot    ON claim (slot);
CREATE INDEX claim_expires ON claim (expires, holder) WHERE expires IS NOT NULL;

-- Officers' taken time. The commit looks before it takes; the triggers stand behind it.
CREATE TABLE busy (
  id      INTEGER NOT NULL PRIMARY KEY,
  officer TEXT    NOT NULL,
  holder  TEXT    NOT NULL,
  begins  INTEGER NOT NULL,
  ends    INTEGER NOT NULL,
  CHECK (begins < ends)
) STRICT;

CREATE INDEX busy_officer ON busy (officer, begins, ends);
CREATE INDEX busy_begins  ON busy (begins, ends);
CREATE INDEX busy_holder  ON busy (holder);

CREATE TRIGGER busy_taken BEFORE INSERT ON busy
WHEN EXISTS (SELECT 1 FROM busy WHERE officer = NEW.officer AND begins < NEW.ends AND ends > NEW.begins)
BEGIN
  SELECT RAISE(ABORT, 'the officer''s time is taken');
END;

CREATE TRIGGER busy_fixed BEFORE UPDATE ON busy
BEGIN
  SELECT RAISE(ABORT, 'officers'' time is given back and taken anew, never changed');
END;
