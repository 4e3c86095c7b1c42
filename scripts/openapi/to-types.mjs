// @ts-check
/** The dashboard's types of an OpenAPI document; for the script that writes them and the test that compares. */
import openapiTS, { astToString } from 'openapi-typescript';

const header =
  '// Made by `npm run types:openapi` from the OpenAPI document of the server. Not to be edited.\n\n';

/**
 * @param {object} document
 * @returns {Promise<string>}
 */
export async function toTypes(document) {
  // What has a default may be left out of a request.
  const options = { defaultNonNullable: false };
  return `${header}${astToString(await openapiTS(/** @type {never} */ (document), options))}`;
}
