-- One row for each place in time and pool, born when it is first claimed. The schedule says how many it takes;
-- the row keeps the size that the last claim brought along. It is rewritten at each claim: the room left in a
-- page keeps the new version beside the old.
CREATE TABLE slot (
  id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office   text        COLLATE "C" NOT NULL,
  service  text        COLLATE "C" NOT NULL,
  start    timestamptz NOT NULL,
  pool     text        COLLATE "C" NOT NULL,
  taken    bigint      NOT NULL,
  capacity bigint      NOT NULL,
  CONSTRAINT slot_key    UNIQUE (office, service, start, pool),
  CONSTRAINT slot_places CHECK (taken BETWEEN 0 AND capacity)
) WITH (fillfactor = 80);

CREATE INDEX slot_start  ON slot (start) WHERE taken > 0;
CREATE INDEX slot_office ON slot (office, start) WHERE taken > 0;

-- Who holds a place. A hold has an end; a firm booking has none.
CREATE TABLE claim (
  holder  uuid   NOT NULL,
  slot    bigint NOT NULL REFERENCES slot (id),
  expires timestamptz,
  PRIMARY KEY (holder, slot)
);

CREATE INDEX claim_slot    ON claim (slot);
CREATE INDEX claim_expires ON claim (expires, holder) WHERE expires IS NOT NULL;

-- An officer as a range of one: GiST knows ranges by itself, so that the constraint below needs no extension,
-- which many who run databases for others do not allow.
CREATE TYPE officer_range AS RANGE (subtype = uuid);

-- Officers' taken time. The commit looks before it takes; the constraint stands behind it.
CREATE TABLE busy (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  officer uuid        NOT NULL,
  holder  uuid        NOT NULL,
  begins  timestamptz NOT NULL,
  ends    timestamptz NOT NULL,
  CONSTRAINT busy_forward CHECK (begins < ends),
  CONSTRAINT busy_apart EXCLUDE USING gist (
    officer_range(officer, officer, '[]') WITH &&, tstzrange(begins, ends) WITH &&)
);

CREATE INDEX busy_officer ON busy (officer, begins, ends);
CREATE INDEX busy_begins  ON busy (begins, ends);
CREATE INDEX busy_holder  ON busy (holder);
