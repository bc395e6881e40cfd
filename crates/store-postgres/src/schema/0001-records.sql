-- Records are kept whole, as JSON documents. The columns beside a document are taken from it at each
-- write, for the orders and conditions of the reads. Documents are `json`, not `jsonb`: they come back to the
-- letter (decision 0007). Texts are ordered by their bytes, as on every other engine, whatever the database's locale.

CREATE TABLE person (
  id       uuid   PRIMARY KEY,
  version  bigint NOT NULL CHECK (version >= 1),
  identity text   COLLATE "C" NOT NULL CONSTRAINT person_identity UNIQUE,
  doc      json   NOT NULL
);

CREATE TABLE inquiry (
  id           uuid        PRIMARY KEY,
  version      bigint      NOT NULL CHECK (version >= 1),
  number       text        COLLATE "C" NOT NULL CONSTRAINT inquiry_number UNIQUE,
  person       uuid        NOT NULL,
  reason       text        COLLATE "C" NOT NULL,
  office       text        COLLATE "C" NOT NULL,
  stage        text        COLLATE "C" NOT NULL,
  live         boolean     NOT NULL,
  urgency      bigint      NOT NULL,       -- 0 is the most urgent
  opened       timestamptz NOT NULL,
  due          timestamptz,
  next_attempt timestamptz,                -- of the callback that is owed now
  owner        uuid,                       -- the officer who holds that callback
  watch        text        COLLATE "C",    -- the key of the job that must wait while this stage lasts
  doc          json        NOT NULL
);

-- One live inquiry for a person and a reason.
CREATE UNIQUE INDEX inquiry_live     ON inquiry (person, reason) WHERE live;
CREATE INDEX inquiry_review          ON inquiry (urgency, due, opened, id)
  WHERE stage IN ('review', 'spoken', 'unreached', 'to-book');
CREATE INDEX inquiry_first_look      ON inquiry (urgency, due, opened, id) WHERE stage = 'review';
CREATE INDEX inquiry_callbacks       ON inquiry (next_attempt, id) WHERE next_attempt IS NOT NULL;
CREATE INDEX inquiry_stage           ON inquiry (stage, opened, id);
CREATE INDEX inquiry_opened          ON inquiry (opened, id);
CREATE INDEX inquiry_live_stage      ON inquiry (stage, due) WHERE live;
CREATE INDEX inquiry_watch           ON inquiry (id) WHERE watch IS NOT NULL;

-- Each inquiry's appointments, those that are over and the one that stands.
CREATE TABLE visit (
  inquiry     uuid        NOT NULL REFERENCES inquiry (id),
  n           bigint      NOT NULL,
  appointment uuid        NOT NULL,
  office      text        COLLATE "C" NOT NULL,
  start       timestamptz NOT NULL,
  current     boolean     NOT NULL,
  PRIMARY KEY (inquiry, n)
);

CREATE INDEX visit_day         ON visit (office, start);
CREATE INDEX visit_appointment ON visit (appointment);

CREATE TABLE staff (
  id      uuid   PRIMARY KEY,
  version bigint NOT NULL CHECK (version >= 1),
  sign_in text   COLLATE "C" NOT NULL CONSTRAINT staff_sign_in UNIQUE,
  name    text   COLLATE "C" NOT NULL,
  doc     json   NOT NULL
);

CREATE TABLE session (
  id         uuid        PRIMARY KEY,
  version    bigint      NOT NULL CHECK (version >= 1),
  staff      uuid        NOT NULL,
  token_hash text        COLLATE "C" NOT NULL CONSTRAINT session_token UNIQUE,
  used       timestamptz NOT NULL,
  until      timestamptz NOT NULL,         -- when it ends if it is not used again
  doc        json        NOT NULL
);

CREATE INDEX session_staff ON session (staff, id);

CREATE TABLE draft (
  id         uuid        PRIMARY KEY,
  version    bigint      NOT NULL CHECK (version >= 1),
  token_hash text        COLLATE "C" NOT NULL CONSTRAINT draft_token UNIQUE,
  saved      timestamptz NOT NULL,
  doc        json        NOT NULL
);

CREATE TABLE notice (
  id      uuid        PRIMARY KEY,
  version bigint      NOT NULL CHECK (version >= 1),
  inquiry uuid        NOT NULL,
  queued  timestamptz NOT NULL,
  owed    boolean     NOT NULL,            -- still to be sent
  doc     json        NOT NULL
);

CREATE INDEX notice_inquiry ON notice (inquiry, queued, id);
CREATE INDEX notice_owed    ON notice (id) WHERE owed;

CREATE TABLE case_record (
  receipt text COLLATE "C" PRIMARY KEY,
  doc     json NOT NULL
);
