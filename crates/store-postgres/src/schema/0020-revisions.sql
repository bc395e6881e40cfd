-- Versions of policies that are made at the desk. Expands: a new table.
CREATE TABLE revision (
  id      uuid   PRIMARY KEY,
  version bigint NOT NULL CHECK (version >= 1),
  policy  text   COLLATE "C" NOT NULL,
  stage   text   COLLATE "C" NOT NULL,
  name    text   COLLATE "C",                       -- what no other version of the policy may be called
  doc     json   NOT NULL
);

CREATE UNIQUE INDEX revision_name ON revision (policy, name) WHERE name IS NOT NULL;
CREATE INDEX revision_stage ON revision (stage, id);
