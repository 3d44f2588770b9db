-- Logs with a line that is neither a header nor an event with what the format requires of it,
-- with a time that is none, or with more or fewer headers than one.
SELECT log FROM files LEFT JOIN raw_lines USING (file)
GROUP BY log
HAVING count(*) FILTER (format IS NOT NULL AND type IS NULL) <> 1
  OR bool_or(
    (format IS NULL OR type IS NOT NULL) AND (
      t IS NULL OR type IS NULL
      -- The years 0 to 9999.
      OR NOT started + t BETWEEN -62167219200000 AND 253402300799999
      OR (type IN ('opening', 'open', 'close-called', 'close') AND socket IS NULL)
      OR (type = 'opening' AND url IS NULL)
      OR (type = 'close' AND (code IS NULL OR reason IS NULL OR wasClean IS NULL))
      OR (type = 'page' AND state IS NULL)
    ))
ORDER BY log;
