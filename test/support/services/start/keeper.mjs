// @ts-check
/**
 * Runs beside the servers and ends them when its input closes, which is when whoever started them
 * says so or no longer exists. Lines of input, JSON:
 *   {"pid": 12, "signal": "SIGTERM"}   a process group to end
 *   {"forget": 12}                     it has been ended
 *   {"folder": "/tmp/x"}               a folder to delete once all are ended
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server may take to end before it is killed. */
const patienceMs = 5_000;

/** @type {Map<number, NodeJS.Signals>} */
const groups = new Map();
/** @type {Set<string>} */
const folders = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const note = JSON.parse(line);
  if (note.pid) groups.set(note.pid, note.signal);
  if (note.forget) groups.delete(note.forget);
  if (note.folder) folders.add(note.folder);
}

// Last started first: what a server depends on was started before it.
for (const [pid, signal] of [...groups].reverse()) {
  const deadline = Date.now() + patienceMs;
  send(pid, signal);
  while (isAlive(pid) && Date.now() < deadline) await sleep(10);
  send(pid, 'SIGKILL');
}
for (const folder of folders) {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** @param {number} pid @param {NodeJS.Signals | 0} signal */
function send(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false; // the group is gone
  }
}

/** @param {number} pid */
function isAlive(pid) {
  return send(pid, 0) && !isZombie(pid);
}

/**
 * A server whose parent was killed stays listed until somebody collects it, and process 1 of a
 * container may never do so.
 *
 * @param {number} pid
 */
function isZombie(pid) {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // no /proc here, or the leader of the group is gone and others are left
  }
}
