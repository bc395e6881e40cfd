-- Every inquiry of a person, for what they may ask to be given. Expands: an index.
CREATE INDEX inquiry_person ON inquiry (person, opened, id);
