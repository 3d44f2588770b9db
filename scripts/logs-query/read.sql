-- The words with a $ are filled in. A line that is no JSON becomes one of NULLs, a value of
-- another type NULL: suspects.sql finds them.
INSERT INTO raw_lines BY NAME
SELECT * FROM read_ndjson(
  $files,
  columns = {
    format: 'VARCHAR', t: 'DOUBLE', type: 'VARCHAR', socket: 'VARCHAR', url: 'VARCHAR',
    document: 'VARCHAR', code: 'INTEGER', reason: 'VARCHAR', wasClean: 'BOOLEAN', state: 'VARCHAR'
  },
  filename = 'file', compression = $compression, ignore_errors = true,
  maximum_object_size = 67108864
)
WHERE t IS NULL OR type IS NULL OR type NOT IN ('send', 'receive');
