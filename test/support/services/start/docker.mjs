// @ts-check
/** Servers from Docker images, as ordinary foreground commands: ending `docker run` ends them. */
import { onPath, output } from './service.mjs';

/** @returns {Promise<string | undefined>} why Docker cannot be used; the command alone is no engine */
export async function whyNoDocker() {
  if (!onPath('docker')) return 'docker is not on the PATH';
  try {
    // Some versions exit 0 without an engine; only an engine has a version to tell.
    if (await output('docker', ['info', '--format', '{{.ServerVersion}}'])) return undefined;
  } catch {
    // said below
  }
  return 'no Docker engine answers';
}

/**
 * The port has the same number inside and outside, so what a replica set says of its members is
 * true for clients too.
 *
 * @param {string} image
 * @param {number} port
 * @param {string[]} command what to run in the container
 * @returns {Promise<{ command: string, args: string[] }>}
 */
export async function dockerRun(image, port, command) {
  const isHere = await output('docker', ['image', 'inspect', '--format', '{{.Id}}', image]).catch(
    () => '',
  );
  if (!isHere) await output('docker', ['pull', '--quiet', image], 300);
  const publish = `127.0.0.1:${port}:${port}`;
  return { command: 'docker', args: ['run', '--rm', '--publish', publish, image, ...command] };
}
