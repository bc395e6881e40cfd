-- The jobs that somebody has, for whoever asks when the next can be had: few, among as many as wait.
CREATE INDEX job_leased ON job (lease_until) WHERE died IS NULL AND lease_until IS NOT NULL;
