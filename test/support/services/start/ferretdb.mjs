// @ts-check
/**
 * FerretDB on PostgreSQL with the DocumentDB extension: a server that speaks MongoDB's protocol
 * and, unlike `mongod`, can be had from the Go module proxy and Debian's archive alone. It knows
 * no transactions and no change streams. All of it listens on 127.0.0.1 only, which is why it can
 * do without passwords.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, isRootOnDebian, run, whyNotInstall } from './install.mjs';
import { hasPostgres, installPostgres, startPostgres } from './postgres.mjs';
import { freePort, withServerGroup } from './processes.mjs';
import { onPath } from './service.mjs';

const version = '2.7.0';
const bin = join(cacheFolder, 'bin');
const ferretdb = join(bin, 'ferretdb');
const hasFerretdb = () => existsSync(ferretdb);

/** @returns {Promise<import('./service.mjs').Service | string>} */
export async function startFerretdb() {
  if (!isRootOnDebian()) return 'FerretDB on PostgreSQL is started only as root on Debian';
  if (!hasFerretdb() || !hasPostgres()) {
    const refusal = whyNotInstall('FerretDB and PostgreSQL (about two minutes)');
    if (refusal) return refusal;
    if (!onPath('go')) return 'FerretDB is built with Go, and go is not on the PATH';
    await installBoth();
  }
  return withServerGroup(async (group) => {
    const postgresUrl = await startPostgres(group);
    const port = await freePort();
    await group.start({
      command: ferretdb,
      args: [
        `--listen-addr=127.0.0.1:${port}`,
        `--postgresql-url=${postgresUrl}`,
        `--state-dir=${group.folder}`,
        '--no-auth',
        '--telemetry=disable',
        '--debug-addr=-', // none
      ],
      ready: /Listening on/,
    });
    return {
      uri: `mongodb://127.0.0.1:${port}/`,
      how: `FerretDB ${version} on PostgreSQL 18`,
      stop: group.close,
    };
  });
}

async function installBoth() {
  // Neither is left running on its own when the other fails.
  const outcomes = await Promise.allSettled([installPostgres(), installFerretdb()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function installFerretdb() {
  if (hasFerretdb()) return;
  const source = `github.com/FerretDB/FerretDB/v2/cmd/ferretdb@v${version}`;
  await run('go', ['install', source], { GOBIN: bin });
}
