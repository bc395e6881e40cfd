-- Handovers of many promised calls, proposed by one person and approved by another. Expands: a new table.
CREATE TABLE handover (
  id      uuid        PRIMARY KEY,
  version bigint      NOT NULL CHECK (version >= 1),
  at      timestamptz NOT NULL,                    -- when it was proposed
  doc     json        NOT NULL
);

CREATE INDEX handover_at ON handover (at, id);
