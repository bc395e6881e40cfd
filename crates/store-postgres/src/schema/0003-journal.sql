-- What happened, in order, without gaps. The texts are hashed exactly as they stand here.
CREATE TABLE journal (
  seq      bigint      PRIMARY KEY CHECK (seq >= 1),
  at       timestamptz NOT NULL,
  actor    json        NOT NULL,
  inquiry  uuid,                           -- none when the entry is about none
  happened json        NOT NULL,
  hash     text        NOT NULL
);

CREATE INDEX journal_story ON journal (inquiry, seq) WHERE inquiry IS NOT NULL;

CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is only added to' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER journal_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows();

-- Where the journal ends: without it, entries cut off its end would leave a chain that looks whole. Its one row is
-- locked while entries are added, so that none can be added beside them.
CREATE TABLE journal_end (
  one  boolean PRIMARY KEY CHECK (one),
  seq  bigint  NOT NULL,
  hash text    NOT NULL
) WITH (fillfactor = 10);

INSERT INTO journal_end VALUES (true, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What each command answered, for as long as a repeat of it is recognised.
CREATE TABLE command (
  key    text        COLLATE "C" PRIMARY KEY,
  actor  json        NOT NULL,
  at     timestamptz NOT NULL,
  seq    bigint      NOT NULL,
  answer json        NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX command_at ON command (at);
