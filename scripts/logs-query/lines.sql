-- The lines of all logs as DuckDB read them, but for the messages: they are of no use here,
-- and most of the lines.
CREATE TABLE raw_lines (
  file VARCHAR, format VARCHAR, t DOUBLE, type VARCHAR, socket VARCHAR, url VARCHAR,
  document VARCHAR, code INTEGER, reason VARCHAR, wasClean BOOLEAN, state VARCHAR
);
