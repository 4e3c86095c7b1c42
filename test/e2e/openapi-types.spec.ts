/** The dashboard is compiled against the server's own document: this holds the two together. */
import { expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { toTypes } from '../../scripts/openapi/to-types.mjs';
import { createOpenApiDocument } from '../../src/docs/open-api.js';
import { createTestApp } from '../support/create-test-app.js';

it('the dashboard’s types are those of the OpenAPI document (else: npm run types:openapi)', async () => {
  const { app, environment, close } = await createTestApp();
  const types = await toTypes(createOpenApiDocument(app, environment));
  await close();
  expect(await readFile('libs/dashboard/generated/openapi.ts', 'utf8')).toBe(types);
});
