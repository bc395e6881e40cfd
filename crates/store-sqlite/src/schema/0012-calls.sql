-- The records of calls, what numbers chose, and what supervisors said of the line.
-- Expands: new tables, and a column of inquiries with its index.
CREATE TABLE call_record (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  node    TEXT,                            -- the process that holds the call
  phone   TEXT,                            -- a keyed hash of its number
  inquiry TEXT,
  began   INTEGER NOT NULL,
  ended   INTEGER,
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT, WITHOUT ROWID;

CREATE INDEX call_record_inquiry ON call_record (inquiry, began) WHERE inquiry IS NOT NULL;
CREATE INDEX call_record_phone   ON call_record (phone, began)   WHERE phone IS NOT NULL;
CREATE INDEX call_record_node    ON call_record (node)           WHERE node IS NOT NULL;
CREATE INDEX call_record_ended   ON call_record (ended)          WHERE ended IS NOT NULL;

CREATE TABLE line_memory (
  phone         TEXT    NOT NULL PRIMARY KEY,  -- a keyed hash of the number
  lang          TEXT    NOT NULL,
  accommodation TEXT    NOT NULL,
  seen          INTEGER NOT NULL               -- when it called last, to within a month
) STRICT, WITHOUT ROWID;

CREATE INDEX line_memory_seen ON line_memory (seen);

CREATE TABLE line_notice (
  id      TEXT    NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version >= 1),
  ends    INTEGER NOT NULL,
  doc     TEXT    NOT NULL CHECK (json_valid(doc))
) STRICT;

CREATE INDEX line_notice_ends ON line_notice (ends, id);

-- Who calls? The number stands in the document. A column of its own: an index over the document would be written anew
-- whenever anything in it changes.
ALTER TABLE inquiry ADD COLUMN phone TEXT;
UPDATE inquiry SET phone = json_extract(doc, '$.reach.phone');
CREATE INDEX inquiry_phone ON inquiry (phone) WHERE live = 1 AND phone IS NOT NULL;
