-- Closes by day, endpoint and code: how many, on how many logs, how long the sockets lived.
SELECT
  CAST(date_trunc('day', happened_at) AS DATE) AS day,
  endpoint,
  code,
  count(*) AS closes,
  count(DISTINCT log) AS logs,
  round(median(lived_ms)) AS median_lived_ms,
  mode(reason) AS commonest_reason
FROM closes
GROUP BY ALL
ORDER BY day, closes DESC, endpoint, code;
