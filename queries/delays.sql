-- Percentiles of the delay from a close to the next socket of the same endpoint in the same log.
WITH delays AS (
  SELECT closes.endpoint, next_t - t AS delay_ms
  FROM closes ASOF JOIN (SELECT log, endpoint, t AS next_t FROM openings) AS nexts
    ON closes.log = nexts.log AND closes.endpoint = nexts.endpoint AND closes.t <= nexts.next_t
  WHERE NOT called
)
SELECT
  endpoint,
  count(*) AS returns,
  round(quantile_cont(delay_ms, 0.05)) AS p5_ms,
  round(quantile_cont(delay_ms, 0.5)) AS p50_ms,
  round(quantile_cont(delay_ms, 0.9)) AS p90_ms,
  round(quantile_cont(delay_ms, 0.99)) AS p99_ms,
  round(max(delay_ms)) AS longest_ms
FROM delays
GROUP BY endpoint
ORDER BY returns DESC, endpoint;
