import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readMarkdown } from '../architecture/docs/markdown.js';
import { createTestApp, type TestApp } from '../support/create-test-app.js';

/** Every call that the documents name is there. */

let server: TestApp;
let routes: ReadonlySet<string>;

const withoutNames = (route: string): string => route.replaceAll(/\{\w+\}/g, '{}');

beforeAll(async () => {
  server = await createTestApp();
  const { body } = await server.api.get('/docs-json');
  routes = new Set(
    Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => withoutNames(`${method.toUpperCase()} ${path}`)),
    ),
  );
});
afterAll(() => server.close());

it('the documents name no call that is not there', () => {
  const named = readMarkdown().flatMap(({ path, text }) =>
    [...text.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/[\w./{}-]*)/g)].map(
      ([, method = '', target = '']) => ({ path, route: `${method} ${target}` }),
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  const documented = named.filter(({ route }) => !/ \/docs(-json)?$/.test(route));
  expect(documented.filter(({ route }) => !routes.has(withoutNames(route)))).toEqual([]);
});
