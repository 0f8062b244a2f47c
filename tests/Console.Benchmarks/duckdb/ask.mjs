// node ask.mjs FILE: asks question.sql of an NDJSON export with two threads and prints the rows of the answer.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const file = process.argv[2].replaceAll("'", "''");
const sql = readFileSync(new URL('question.sql', import.meta.url), 'utf8').replace('$file', `'${file}'`);
const instance = await DuckDBInstance.create(':memory:', { threads: process.argv[3] ?? '2', preserve_insertion_order: 'false' });
const connection = await instance.connect();
const statements = await connection.extractStatements(sql);
for (let i = 0; i < statements.count; i++) {
  const prepared = await statements.prepare(i);
  const reader = await prepared.runAndReadAll();
  if (i === statements.count - 1) {
    for (const row of reader.getRowObjectsJson()) {
      console.log(JSON.stringify(row));
    }
  }
}
