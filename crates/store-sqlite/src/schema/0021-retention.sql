-- How long records are kept: what is closed by when it was, what was erased, what is under legal hold, whom somebody asked to
-- have erased; and what hangs on an inquiry that goes. Times in documents are compared as texts, to the second.
-- Expands: indexes.
CREATE INDEX inquiry_closed ON inquiry (json_extract(doc, '$.stage.at'), id)
  WHERE stage = 'closed' AND json_extract(doc, '$.erased') IS NULL;
CREATE INDEX inquiry_erased ON inquiry (id) WHERE stage = 'closed' AND json_extract(doc, '$.erased') IS NOT NULL;
CREATE INDEX inquiry_held   ON inquiry (id) WHERE json_extract(doc, '$.legal_hold') IS NOT NULL;
CREATE INDEX inquiry_reach  ON inquiry (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_held    ON person (id) WHERE json_extract(doc, '$.legal_hold') IS NOT NULL;
CREATE INDEX person_erasure ON person (id) WHERE json_extract(doc, '$.erasure') IS NOT NULL;

CREATE INDEX waiter_over_inquiry ON waiter (inquiry) WHERE live = 0 AND inquiry IS NOT NULL;
CREATE INDEX waiter_over_phone   ON waiter (phone)   WHERE live = 0 AND phone IS NOT NULL;
CREATE INDEX waiter_over_person  ON waiter (person)  WHERE live = 0 AND person IS NOT NULL;
