-- What the queries stand on. $folder is replaced by the folder's path, quoted.

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
SELECT * FROM read_ndjson(
  $folder,
  columns = {
    format: 'VARCHAR', version: 'INTEGER', startedAt: 'VARCHAR',
    generator: 'STRUCT(name VARCHAR, version VARCHAR, browser VARCHAR)',
    labels: 'MAP(VARCHAR, VARCHAR)', dropped: 'BIGINT',
    t: 'DOUBLE', type: 'VARCHAR', socket: 'VARCHAR', url: 'VARCHAR', document: 'VARCHAR',
    code: 'INTEGER', reason: 'VARCHAR', wasClean: 'BOOLEAN', state: 'VARCHAR'
  },
  filename = 'log', maximum_object_size = 16777216
)
-- The messages themselves are of no use here, and most of the lines.
WHERE type IS NULL OR type NOT IN ('send', 'receive');

CREATE TABLE logs AS
SELECT log, CAST(startedAt AS TIMESTAMP) AS started_at, generator.browser AS browser,
  labels['release'] AS release, coalesce(ended_t, 0) AS ended_t
FROM (SELECT * FROM lines WHERE format = 'websocket-session-log')
LEFT JOIN (SELECT log, max(t) AS ended_t FROM lines WHERE t IS NOT NULL GROUP BY log) USING (log);

CREATE VIEW events AS
SELECT lines.* EXCLUDE (format, version, startedAt, generator, labels, dropped),
  logs.started_at + to_microseconds(CAST(round(t * 1000) AS BIGINT)) AS happened_at, logs.release
FROM lines JOIN logs USING (log)
WHERE t IS NOT NULL;

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
