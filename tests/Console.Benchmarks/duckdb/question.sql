-- The question of `opsconsole correlate`, as the best SQL that was found: one scan with the columns named, requests with their end
-- (the write time in insertId where it is plausible), three joins (trace and instance, decimal span and instance, instance and time),
-- and the counts per revision. Instances and traces go by their hash: text of 160 characters as a key takes four times as long. It leaves out what SQL cannot say in a few lines: resumed work, fingerprints, tolerances per instance,
-- access lines, templates.
CREATE TEMP TABLE entries AS
SELECT
  resource.labels.service_name AS service,
  resource.labels.revision_name AS revision,
  hash(labels.instanceId) AS instance,
  logName LIKE '%\%2Frequests' ESCAPE '\' AS is_request,
  logName LIKE '%\%2Fstdout' ESCAPE '\' OR logName LIKE '%\%2Fstderr' ESCAPE '\' AS is_line,
  CASE WHEN trace IS NOT NULL THEN hash(right(trace, 32)) END AS trace,
  CASE WHEN logName LIKE '%\%2Frequests' ESCAPE '\' THEN try_cast('0x' || spanId AS UBIGINT) ELSE try_cast(spanId AS UBIGINT) END AS span,
  epoch_us("timestamp") AS ts,
  epoch_us(receiveTimestamp) AS received,
  CAST(try_cast(rtrim(httpRequest.latency, 's') AS DOUBLE) * 1000000 AS BIGINT) AS latency,
  CASE WHEN logName LIKE '%\%2Frequests' ESCAPE '\' AND length(insertId) = 24
    THEN try_cast('0x' || left(insertId, 8) AS BIGINT) * 1000000 + try_cast('0x' || substr(insertId, 9, 8) AS BIGINT) END AS written
FROM read_json($file, format = 'newline_delimited', maximum_object_size = 1048576, columns = {
  insertId: 'VARCHAR', logName: 'VARCHAR', "timestamp": 'TIMESTAMP', receiveTimestamp: 'TIMESTAMP', trace: 'VARCHAR', spanId: 'VARCHAR',
  labels: 'STRUCT(instanceId VARCHAR)', httpRequest: 'STRUCT(latency VARCHAR)',
  resource: 'STRUCT("type" VARCHAR, labels STRUCT(service_name VARCHAR, revision_name VARCHAR))'})
WHERE resource."type" = 'cloud_run_revision';

CREATE TEMP TABLE requests AS
SELECT service, revision, instance, trace, span, ts AS began,
  CASE WHEN written BETWEEN ts + latency AND received THEN written ELSE ts + latency END AS ended
FROM entries WHERE is_request AND instance <> hash(NULL::VARCHAR) AND latency IS NOT NULL;

CREATE TEMP TABLE began AS
SELECT instance, began, ended, row_number() OVER (PARTITION BY instance ORDER BY began) AS n FROM requests;

CREATE TEMP TABLE ended AS
SELECT instance, ended, row_number() OVER (PARTITION BY instance ORDER BY ended) AS n FROM requests;

CREATE TEMP TABLE classified AS
SELECT l.service, l.revision, (l.ts - r.ended) / 1e6 AS tail,
  CASE WHEN l.ts <= r.ended THEN 'in-request' WHEN l.ts - r.ended <= 50000 THEN 'boundary' ELSE 'after-response' END AS class
FROM entries l ASOF JOIN requests r ON l.trace = r.trace AND l.instance = r.instance AND l.ts >= r.began
WHERE l.is_line AND l.trace IS NOT NULL
UNION ALL
SELECT l.service, l.revision, (l.ts - r.ended) / 1e6,
  CASE WHEN l.ts <= r.ended THEN 'in-request' WHEN l.ts - r.ended <= 50000 THEN 'boundary' ELSE 'after-response' END
FROM entries l JOIN requests r ON l.span = r.span AND l.instance = r.instance
WHERE l.is_line AND l.trace IS NULL AND l.span IS NOT NULL
UNION ALL
SELECT l.service, l.revision, NULL,
  CASE WHEN b.n IS NULL THEN 'startup'
    WHEN b.n - coalesce(e.n, 0) = 1 THEN 'in-request'
    WHEN b.n - coalesce(e.n, 0) > 1 THEN 'unattributed'
    WHEN l.ts - e.ended <= 50000 THEN 'boundary'
    ELSE 'idle-instance' END
FROM entries l
ASOF LEFT JOIN began b ON l.instance = b.instance AND l.ts >= b.began
ASOF LEFT JOIN ended e ON l.instance = e.instance AND l.ts >= e.ended
WHERE l.is_line AND l.trace IS NULL AND l.span IS NULL;

SELECT c.service, c.revision, any_value(r.n) AS requests,
  count(*) FILTER (class = 'after-response') AS afterResponse,
  count(*) FILTER (class = 'idle-instance') AS idleInstance,
  count(*) FILTER (class = 'unattributed') AS unattributed,
  max(tail) FILTER (class = 'after-response') AS maxTail,
  quantile_cont(tail, 0.95) FILTER (class = 'after-response') AS p95Tail
FROM classified c JOIN (SELECT service, revision, count(*) AS n FROM requests GROUP BY ALL) r USING (service, revision)
GROUP BY ALL ORDER BY ALL;
