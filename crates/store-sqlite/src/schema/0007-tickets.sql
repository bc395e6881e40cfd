-- How many tickets each office has given on each of its days.
CREATE TABLE tickets (
  office TEXT    NOT NULL,
  day    TEXT    NOT NULL,                 -- a date there, as 2031-03-03
  given  INTEGER NOT NULL CHECK (given >= 1),
  PRIMARY KEY (office, day)
) STRICT, WITHOUT ROWID;
