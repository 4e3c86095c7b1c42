/**
 * Kills a process that writes to the embedded store, again and again, and looks for what it had
 * acknowledged. That the disk is told to flush is another matter, and in the store's own tests: the
 * system keeps what a killed process has written.
 */
import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SqliteDatabase } from '../../src/storage/sqlite/database.js';
import { FileKeysStore } from '../../src/tokens/keys/keys.store.file.js';
import { folders } from '../support/sqlite.js';

const newFolder = folders();
const writer = fileURLToPath(new URL('./sqlite-writer.mjs', import.meta.url));

/** The highest version that was acknowledged, by `<kind> <id>`. */
type Acknowledged = Map<string, number>;

/** Kills the writer after so many acknowledgements, or so many milliseconds, whichever is first. */
async function writeAndKill(
  folder: string,
  limit: { count: number; ms: number },
  acknowledged: Acknowledged,
): Promise<void> {
  const child = spawn(process.execPath, [writer, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (data) => (complaint += String(data)));
  let count = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [kind, id, version] = line.split(' ');
    acknowledged.set(`${kind} ${id}`, Number(version));
    count += 1;
    if (count >= limit.count) child.kill('SIGKILL');
  });
  const late = new AbortController();
  void setTimeout(limit.ms, null, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  const [, signal] = await once(child, 'close');
  late.abort();
  expect([signal, complaint]).toEqual(['SIGKILL', '']);
}

/** What is there, in the words of the acknowledgements. */
async function read(folder: string): Promise<Map<string, number>> {
  const database = new SqliteDatabase(folder);
  const versions = (kind: string, text: string): [string, number][] =>
    database.all(text).map((row) => [`${kind} ${row.text('id')}`, row.number('version')]);
  const found = new Map([
    ...versions('user', 'SELECT id, token_version AS version FROM users'),
    ...versions('session', 'SELECT id, 1 + (ended_at IS NOT NULL) AS version FROM sessions'),
    ...versions('entry', 'SELECT id, 1 AS version FROM audit'),
    ...versions('issuer', "SELECT 'issuer' AS id, version FROM issuer"),
    ...versions('log', 'SELECT log AS id, seq AS version FROM revocation_log'),
    ...versions('node', 'SELECT id, 1 AS version FROM revocation_nodes'),
    ['keys keys', (await new FileKeysStore(folder).load()).revision],
  ]);
  const halfWritten = database.all(
    `SELECT users.id FROM users LEFT JOIN user_roles ON user_id = users.id
      WHERE role IS NOT 'role' || token_version`,
  );
  const logged = database.first(
    `SELECT seq - (SELECT coalesce(max(number), 0) FROM revocation_events) AS missing,
        min(seq, 1000) - (SELECT count(*) FROM revocation_events) AS holes FROM revocation_log`,
  );
  database.close();
  expect(halfWritten).toEqual([]);
  expect([logged?.number('missing') ?? 0, logged?.number('holes') ?? 0]).toEqual([0, 0]);
  return found;
}

/** What is there at a lower version than was known, or not at all. */
const lost = (known: Map<string, number>, found: Map<string, number>): string[] =>
  [...known]
    .filter(([subject, version]) => (found.get(subject) ?? 0) < version)
    .map(([subject, version]) => `${subject} ${version}: ${found.get(subject) ?? 'gone'}`);

describe('a writer that is killed', () => {
  it('has lost nothing it acknowledged, and no version ever goes back', async () => {
    const folder = newFolder();
    const acknowledged: Acknowledged = new Map();
    let before = new Map<string, number>();
    for (const round of Array(15).keys()) {
      // Every fifth while it starts, reading the log of the one before it.
      const limit =
        round % 5 === 4
          ? { count: 1, ms: randomInt(20, 150) }
          : { count: randomInt(1, 400), ms: 5_000 };
      await writeAndKill(folder, limit, acknowledged);
      const found = await read(folder);
      expect(lost(acknowledged, found)).toEqual([]);
      expect(lost(before, found)).toEqual([]);
      before = found;
    }
    expect(acknowledged.size).toBeGreaterThan(250);
  }, 120_000);

  it('leaves its log to the next, however often that one is killed as well', async () => {
    const folder = newFolder();
    const acknowledged: Acknowledged = new Map();
    for (let round = 0; round < 5; round += 1) {
      await writeAndKill(folder, { count: randomInt(1, 300), ms: 5_000 }, acknowledged);
      await writeAndKill(folder, { count: 1, ms: randomInt(20, 150) }, acknowledged);
    }
    expect(lost(acknowledged, await read(folder))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(100);
  }, 120_000);
});
