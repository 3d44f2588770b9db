-- Endpoints whose pages do not come back: of the closes after which a return is due (an opened
-- socket, ended by the other side or the network with 1001, 1006, 1012 or 1013, watched for 35 s
-- more), how many had no new socket to the endpoint within 35 s.
WITH due AS (
  SELECT closes.log, closes.endpoint, closes.t,
    (SELECT count(*) FROM openings
     WHERE openings.log = closes.log AND openings.endpoint = closes.endpoint
       AND openings.t >= closes.t AND openings.t <= closes.t + 35000) AS back
  FROM closes
  JOIN logs USING (log)
  WHERE code IN (1001, 1006, 1012, 1013) AND opened AND NOT called AND logs.ended_t >= closes.t + 35000
)
SELECT
  endpoint,
  count(*) AS due,
  count(*) FILTER (back = 0) AS never_back,
  round(100.0 * count(*) FILTER (back = 0) / count(*), 1) AS percent,
  count(DISTINCT log) FILTER (back = 0) AS logs
FROM due
GROUP BY endpoint
HAVING never_back > 0
ORDER BY never_back DESC, endpoint;
