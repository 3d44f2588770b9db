-- What the queries stand on: made of `raw_lines` (lines.sql) and `files` (load.ts).

-- Scheme, host and path of a URL with ids, tokens and times of the path folded to *.
CREATE MACRO endpoint(url) AS array_to_string(
  list_transform(
    string_split(
      regexp_replace(regexp_replace(url, '[?#].*$', ''), '^([a-zA-Z]+://)[^/@]*@', '\1'), '/'),
    lambda part, place: CASE
      WHEN place > 3 AND regexp_matches(
        part,
        '^([0-9]+|[0-9a-fA-F-]{8,}|.*‹.*|[A-Za-z0-9_.~=%-]*[0-9][A-Za-z0-9_.~=%-]{15,}|eyJ.*)$')
      THEN '*' ELSE part END),
  '/');

CREATE TABLE lines AS
SELECT log, t, type, socket, url, document, code, reason, wasClean, state
FROM raw_lines JOIN files USING (file)
WHERE t IS NOT NULL;
DROP TABLE raw_lines;

CREATE TABLE logs AS
SELECT log, make_timestamp(started * 1000) AS started_at, browser, release,
  coalesce(ended_t, 0) AS ended_t
FROM files
LEFT JOIN (SELECT log, max(t) AS ended_t FROM lines GROUP BY log) USING (log);

CREATE VIEW events AS
SELECT lines.*,
  logs.started_at + to_microseconds(CAST(round(t * 1000) AS BIGINT)) AS happened_at, logs.release
FROM lines JOIN logs USING (log);

CREATE TABLE openings AS
SELECT log, socket, t, happened_at, url, endpoint(url) AS endpoint, document, release
FROM events WHERE type = 'opening';

CREATE TABLE closes AS
WITH opens AS (SELECT log, socket, min(t) AS open_t FROM lines WHERE type = 'open' GROUP BY ALL),
calls AS (SELECT log, socket, min(t) AS call_t FROM lines WHERE type = 'close-called' GROUP BY ALL)
SELECT events.log, events.socket, events.t, events.happened_at, code, reason, wasClean AS was_clean,
  openings.url, openings.endpoint, events.release,
  events.t - openings.t AS lived_ms,
  open_t IS NOT NULL AS opened,
  coalesce(call_t <= events.t, false) AS called
FROM events
LEFT JOIN openings USING (log, socket)
LEFT JOIN opens USING (log, socket)
LEFT JOIN calls USING (log, socket)
WHERE events.type = 'close';
