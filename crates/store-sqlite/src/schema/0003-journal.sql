-- What happened, in order, without gaps. The texts are hashed exactly as they stand here.
CREATE TABLE journal (
  seq      INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
  at       INTEGER NOT NULL,
  actor    TEXT    NOT NULL CHECK (json_valid(actor)),
  inquiry  TEXT    NOT NULL,               -- empty when the entry is about none
  happened TEXT    NOT NULL CHECK (json_valid(happened)),
  hash     TEXT    NOT NULL
) STRICT;

CREATE INDEX journal_story ON journal (inquiry, seq) WHERE inquiry <> '';

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;

CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'the journal is only added to');
END;

-- Where the journal ends: without it, entries cut off its end would leave a chain that looks whole.
CREATE TABLE journal_end (
  only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
  seq  INTEGER NOT NULL,
  hash TEXT    NOT NULL
) STRICT;

INSERT INTO journal_end VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What each command answered, for as long as a repeat of it is recognised.
CREATE TABLE command (
  key    TEXT    NOT NULL PRIMARY KEY,
  actor  TEXT    NOT NULL CHECK (json_valid(actor)),
  at     INTEGER NOT NULL,
  seq    INTEGER NOT NULL,
  answer TEXT    NOT NULL CHECK (json_valid(answer))
) STRICT;

CREATE INDEX command_at ON command (at);
