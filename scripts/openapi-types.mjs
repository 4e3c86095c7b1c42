// @ts-check
/**
 * `npm run types:openapi`: writes the dashboard's types from the server's own OpenAPI document, so that
 * a change of the contract is an error where the dashboard relies on it. Starts no listener.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnvironment } from '../dist/config/parse-environment.js';
import { createApp } from '../dist/create-app.js';
import { createOpenApiDocument } from '../dist/docs/open-api.js';
import { toTypes } from './openapi/to-types.mjs';

const target = new URL('../libs/dashboard/generated/openapi.ts', import.meta.url);
const folder = await mkdtemp(join(tmpdir(), 'portcullis-types-'));
try {
  const environment = parseEnvironment({ DATA_DIR: folder, LOG_LEVEL: 'fatal' });
  const app = await createApp({ environment });
  await app.init();
  const document = createOpenApiDocument(app, environment);
  await app.close();
  await writeFile(target, await toTypes(document));
} finally {
  await rm(folder, { recursive: true, force: true });
}
// A store that was never listened on may keep its own threads; nothing is left to be done.
process.exit();
