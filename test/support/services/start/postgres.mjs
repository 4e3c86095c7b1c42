// @ts-check
/**
 * PostgreSQL 18 with the DocumentDB extension, for FerretDB.
 *
 * It lives in a small Debian of its own under the cache folder, because only Debian sid has the
 * extension, and runs there through chroot: hence root. Nothing is mounted. Each run has its own
 * data folder and port, so runs side by side do not meet.
 */
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, cacheFolder, run } from './install.mjs';
import { freePort } from './processes.mjs';
import { onPath, output } from './service.mjs';

const debian = join(cacheFolder, 'pg');
const programs = '/usr/lib/postgresql/18/bin';
const extension = '/usr/share/postgresql/18/extension/documentdb.control';

/** Fixed when the data folder is made. It syncs as usual, so that figures taken on it are honest. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_preload_libraries: 'pg_cron,pg_documentdb_core,pg_documentdb',
  'cron.database_name': 'postgres', // the extension expires documents and builds indexes by cron
  dynamic_shared_memory_type: 'mmap', // in the data folder: nothing outlives it
};

export const hasPostgres = () => existsSync(join(debian, extension));

/**
 * @param {import('./processes.mjs').ServerGroup} group
 * @returns {Promise<string>} its address
 */
export async function startPostgres(group) {
  const runs = join(debian, 'srv');
  await deleteAbandoned(runs, 'run-');
  const data = await mkdtemp(join(runs, 'run-'));
  group.deleteOnClose(data);
  const { uid, gid } = await stat(join(debian, 'var/lib/postgresql')); // the user postgres in there
  await chown(data, uid, gid);

  const dataInside = data.slice(debian.length);
  /** @param {string} program @param {string[]} args */
  const inside = (program, ...args) => [
    ...[`--userspec=${uid}:${gid}`, debian],
    ...[`${programs}/${program}`, ...args],
  ];
  const how = ['--username=mongo', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  // Trust: the extension connects back over the loopback, without a password.
  const flags = Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`);
  const initialise = inside('initdb', `--pgdata=${dataInside}`, '--auth=trust', ...how, ...flags);
  await output('chroot', initialise, 60);

  const port = await freePort();
  await group.start({
    command: 'chroot',
    args: inside('postgres', '-D', dataInside, '-p', String(port)),
    ready: /ready to accept connections/,
    signal: 'SIGQUIT', // at once: its data is about to be deleted
  });
  const url = `postgres://mongo@127.0.0.1:${port}/postgres`;
  const extend = inside('psql', '-q', url, '-c', 'create extension documentdb cascade');
  await output('chroot', extend, 60);
  return url;
}

export async function installPostgres() {
  if (hasPostgres()) return;
  if (!onPath('debootstrap')) await aptInstall(['debootstrap', 'debian-archive-keyring', 'gpgv']);
  await mkdir(cacheFolder, { recursive: true });
  await deleteAbandoned(cacheFolder, 'pg.building-');
  // Built aside and renamed: half a system is never taken for a whole one, nor two runs' for one.
  const building = await mkdtemp(`${debian}.building-`);
  const packages = '--include=postgresql-18,postgresql-18-documentdb';
  try {
    await chmod(building, 0o755); // it becomes `/`, which the user postgres must be able to enter
    await run('debootstrap', ['--variant=minbase', '--force-check-gpg', packages, 'sid', building]);
    await rename(building, debian).catch((error) => {
      if (!hasPostgres()) throw error; // else another run was faster
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/**
 * What a power cut left behind; a week old, for nothing runs that long on throw-away data.
 *
 * @param {string} folder
 * @param {string} prefix
 */
async function deleteAbandoned(folder, prefix) {
  const aWeekAgo = Date.now() - 7 * 24 * 3600 * 1000;
  const names = await readdir(folder);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity })); // just deleted
    if (mtimeMs < aWeekAgo) await rm(path, { recursive: true, force: true });
  }
}
