-- needs: findings
-- Causes of 1008 by release (the log's label `release`): the likeliest cause of every finding.
SELECT
  coalesce(release, '(none)') AS release,
  coalesce(cause, '(none)') AS cause,
  sum(sockets) AS closes,
  count(DISTINCT log) AS logs,
  round(avg(confidence), 2) AS mean_confidence
FROM findings
WHERE rule = 'policy-violation' AND verdict IN ('failed', 'needs-review')
GROUP BY ALL
ORDER BY release, closes DESC, cause;
