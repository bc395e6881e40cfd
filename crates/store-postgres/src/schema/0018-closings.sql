-- Offices' closings. Expands: a new table.
CREATE TABLE closing (
  id      uuid        PRIMARY KEY,
  version bigint      NOT NULL CHECK (version >= 1),
  office  text        COLLATE "C" NOT NULL,
  stage   text        COLLATE "C" NOT NULL,
  shuts   boolean     NOT NULL,                     -- its time takes no visits
  starts  timestamptz NOT NULL,
  ends    timestamptz NOT NULL CHECK (ends > starts),
  why     json        NOT NULL,                     -- what people read
  doc     json        NOT NULL
);

CREATE INDEX closing_ends ON closing (ends, id);
-- Asked before every place that is taken.
CREATE INDEX closing_shut ON closing (office, ends) WHERE shuts;
