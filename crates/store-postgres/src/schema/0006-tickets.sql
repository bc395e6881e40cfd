-- How many tickets each office has given on each of its days.
CREATE TABLE tickets (
  office text   COLLATE "C" NOT NULL,
  day    text   COLLATE "C" NOT NULL,      -- a date there, as 2031-03-03
  given  bigint NOT NULL CHECK (given >= 1),
  PRIMARY KEY (office, day)
) WITH (fillfactor = 80);
