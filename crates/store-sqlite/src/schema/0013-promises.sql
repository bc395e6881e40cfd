-- When each promise falls due: a callback at its window's end, an appointment at its start. For whoever counts what was
-- kept in a stretch of time. Expands: a new table. What a node of the release before writes meanwhile comes into it with the
-- inquiry's next change.
CREATE TABLE promise (
  inquiry TEXT    NOT NULL REFERENCES inquiry (id),
  id      TEXT    NOT NULL,                -- the callback or the appointment
  due     INTEGER NOT NULL,
  PRIMARY KEY (inquiry, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX promise_due ON promise (due);

INSERT OR IGNORE INTO promise SELECT inquiry, appointment, start FROM visit;
INSERT OR IGNORE INTO promise
  SELECT inquiry.id, json_extract(past.value, '$.id'),
         CAST(strftime('%s', json_extract(past.value, '$.window.end')) AS INTEGER) * 1000000
  FROM inquiry, json_each(inquiry.doc, '$.past_callbacks') AS past;
INSERT OR IGNORE INTO promise
  SELECT id, COALESCE(json_extract(doc, '$.stage.callback.id'), json_extract(doc, '$.stage.id')),
         CAST(strftime('%s', COALESCE(json_extract(doc, '$.stage.callback.window.end'),
                                      json_extract(doc, '$.stage.window.end'))) AS INTEGER) * 1000000
  FROM inquiry WHERE stage IN ('promised', 'calling');
