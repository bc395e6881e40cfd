-- From whom an inquiry is kept: the few that are kept from anybody. Expands: an index.
CREATE INDEX inquiry_guard ON inquiry (id) WHERE live AND doc::text LIKE '%"guard":{%';
