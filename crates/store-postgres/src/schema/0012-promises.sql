-- When each promise falls due: a callback at its window's end, an appointment at its start. For whoever counts what was
-- kept in a stretch of time. Expands: a new table. What a node of the release before writes meanwhile comes into it with the
-- inquiry's next change.
CREATE TABLE promise (
  inquiry uuid        NOT NULL REFERENCES inquiry (id),
  id      uuid        NOT NULL,            -- the callback or the appointment
  due     timestamptz NOT NULL,
  PRIMARY KEY (inquiry, id)
);

CREATE INDEX promise_due ON promise (due);

INSERT INTO promise SELECT inquiry, appointment, start FROM visit ON CONFLICT DO NOTHING;
-- Read out of the text: what a person wrote may hold a zero character, of which JSON's own operators make a fault. A
-- quotation mark in what they wrote stands behind a backslash, so that no text of theirs looks like this.
INSERT INTO promise
  SELECT inquiry.id, (found[1])::uuid, (found[2])::timestamptz
  FROM inquiry, regexp_matches(doc::text, '"id":"([0-9a-f-]{36})","window":[{]"start":"[^"]+","end":"([^"]+)"', 'g') AS found
  ON CONFLICT DO NOTHING;
