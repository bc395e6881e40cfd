-- How long records are kept: what is closed by when it was, what was erased, what is under legal hold, whom somebody asked to
-- have erased; and what hangs on an inquiry that goes. Documents are looked through as texts: taken apart as JSON, one with a
-- U+0000 in it would be refused. Nothing that somebody wrote can look like these, since quotes within a text are escaped. Times
-- are compared as texts, to the second. Expands: indexes.
CREATE INDEX inquiry_closed ON inquiry ((substring(doc::text FROM '"stage":\{"stage":"closed","at":"([^"]*)"') COLLATE "C"), id)
  WHERE stage = 'closed' AND doc::text NOT LIKE '%"erased":{"at":%';
CREATE INDEX inquiry_erased ON inquiry (id) WHERE stage = 'closed' AND doc::text LIKE '%"erased":{"at":%';
CREATE INDEX inquiry_held   ON inquiry (id) WHERE doc::text LIKE '%"legal_hold":{"by":%';
CREATE INDEX inquiry_reach  ON inquiry (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_held    ON person (id) WHERE doc::text LIKE '%"legal_hold":{"by":%';
CREATE INDEX person_erasure ON person (id) WHERE doc::text LIKE '%"erasure":{"by":%';

CREATE INDEX waiter_over_inquiry ON waiter (inquiry) WHERE NOT live AND inquiry IS NOT NULL;
CREATE INDEX waiter_over_phone   ON waiter (phone)   WHERE NOT live AND phone IS NOT NULL;
CREATE INDEX waiter_over_person  ON waiter (person)  WHERE NOT live AND person IS NOT NULL;
