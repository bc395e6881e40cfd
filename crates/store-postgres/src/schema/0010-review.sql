-- The review list of one office: what waits elsewhere is not looked through.
CREATE INDEX inquiry_review_office ON inquiry (office, urgency, due, opened, id)
  WHERE stage IN ('review', 'spoken', 'unreached', 'to-book');
