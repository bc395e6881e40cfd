-- Letters that wait for the print room: few, among as many notices as there ever were.
CREATE INDEX notice_to_print ON notice (queued, id) WHERE json_extract(doc, '$.delivery.state') = 'to-print';
