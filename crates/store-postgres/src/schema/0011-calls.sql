-- The records of calls, what numbers chose, and what supervisors said of the line.
-- Expands: new tables, and a column of inquiries with its index.
CREATE TABLE call_record (
  id      uuid   PRIMARY KEY,
  version bigint NOT NULL CHECK (version >= 1),
  node    uuid,                            -- the process that holds the call
  phone   text   COLLATE "C",              -- a keyed hash of its number
  inquiry uuid,
  began   timestamptz NOT NULL,
  ended   timestamptz,
  doc     json   NOT NULL
);

CREATE INDEX call_record_inquiry ON call_record (inquiry, began) WHERE inquiry IS NOT NULL;
CREATE INDEX call_record_phone   ON call_record (phone, began)   WHERE phone IS NOT NULL;
CREATE INDEX call_record_node    ON call_record (node)           WHERE node IS NOT NULL;
CREATE INDEX call_record_ended   ON call_record (ended)          WHERE ended IS NOT NULL;

CREATE TABLE line_memory (
  phone         text        COLLATE "C" PRIMARY KEY,  -- a keyed hash of the number
  lang          text        NOT NULL,
  accommodation text        NOT NULL,
  seen          timestamptz NOT NULL                  -- when it called last, to within a month
);

CREATE INDEX line_memory_seen ON line_memory (seen);

CREATE TABLE line_notice (
  id      uuid        PRIMARY KEY,
  version bigint      NOT NULL CHECK (version >= 1),
  ends    timestamptz NOT NULL,
  doc     json        NOT NULL
);

CREATE INDEX line_notice_ends ON line_notice (ends, id);

-- Who calls? The number stands in the document. A column of its own: an index over the document would be written anew,
-- and with it every other, whenever anything in it changes.
ALTER TABLE inquiry ADD COLUMN phone text COLLATE "C";
-- Read out of the text: what a person wrote may hold a zero character, of which JSON's own operators make a fault.
UPDATE inquiry SET phone = substring(doc::text FROM '"reach":[{]"lang":"[a-z]+","phone":"([+][0-9]+)"');
CREATE INDEX inquiry_phone ON inquiry (phone) WHERE live AND phone IS NOT NULL;
