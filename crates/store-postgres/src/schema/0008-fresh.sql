-- The figures count what is live from an index alone, as long as the server knows which pages are settled; else it reads
-- every document past (40,000 of 1.8 kB: 28 ms by three processes instead of 6 ms by one). It learns that by vacuuming, and
-- by its own measure would begin when a fifth of the inquiries had changed, settled ones of years ago counted in.
-- Expands: settings of a table, nothing else.
ALTER TABLE inquiry SET (
  autovacuum_vacuum_scale_factor        = 0.0,
  autovacuum_vacuum_threshold           = 2000,
  autovacuum_vacuum_insert_scale_factor = 0.0,
  autovacuum_vacuum_insert_threshold    = 2000,
  autovacuum_analyze_scale_factor       = 0.0,
  autovacuum_analyze_threshold          = 5000
);
