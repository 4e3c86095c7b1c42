// Each rule of imports is seen to fail: a fixture that breaks it, and one beside it that does not.
import { describe, expect, it } from '@jest/globals';
import { findUndeclared } from './declared-packages.js';
import { findImportFaults } from './find-faults.js';
import { findImports } from './find-imports.js';

const faultsOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  findImportFaults(Object.entries(files).map(([path, text]) => ({ path, text })));

/** The faults of one file with one import. */
const faultsOfImport = (
  from: string,
  specifier: string,
  kind = 'import { x }',
): readonly string[] => faultsOf({ [from]: `${kind} from '${specifier}';` });

describe('rules of imports', () => {
  it.each([
    // [what, file, import, message]
    [
      'the order',
      'src/users/users.service.ts',
      '../tokens/tokens.service.js',
      /users must not know tokens/,
    ],
    ['the order', 'src/config/environment.ts', '../storage/ids.js', /config must not know storage/],
    ['the order', 'src/audit/audit.service.ts', '../app.module.js', /audit must not know app/],
    ['the order', 'src/health/health.module.ts', '../cli/main.js', /health must not know cli/],
    [
      'a new folder',
      'src/mail/mail.service.ts',
      '../users/users.service.js',
      /src\/mail\/mail.service.ts has no place/,
    ],
    [
      'doors',
      'src/admin/admin.service.ts',
      '../users/users.controller.js',
      /belongs to users alone/,
    ],
    ['doors', 'src/admin/admin.service.ts', '../users/users.store.js', /belongs to users alone/],
    ['doors', 'src/cli/main.ts', '../users/users.store.js', /belongs to users alone/],
    [
      'doors',
      'src/auth/auth.service.ts',
      '../users/dto/update-profile.dto.js',
      /belongs to users alone/,
    ],
    ['adapters', 'src/users/users.service.ts', './users.store.mongo.js', /bound in its own module/],
    ['adapters', 'src/users/users.service.ts', './mongo/user.filter.js', /bound in its own module/],
    ['adapters', 'src/app.module.ts', './users/users.store.sqlite.js', /bound in its own module/],
    [
      'engines',
      'src/users/users.service.ts',
      '../storage/mongo/connection.js',
      /for store adapters/,
    ],
    ['http knows none', 'src/http/problem.filter.ts', '../users/users.errors.js', /knows none/],
    ['http knows none', 'src/http/limits.ts', '../storage/database.js', /knows none/],
    ['http is not for all', 'src/auth/auth.controller.ts', '../http/socket/limits.js', /machinery/],
    [
      'http is not for all',
      'src/auth/auth.controller.ts',
      '../http/validation.pipe.js',
      /machinery/,
    ],
    [
      'the library by name',
      'src/auth/auth.service.ts',
      '../../libs/auth/src/clock.js',
      /by that name/,
    ],
    [
      'the library by name',
      'src/auth/auth.spec.ts',
      '../../libs/auth/src/clock.js',
      /by that name/,
    ],
    [
      'the library by name',
      'src/auth/auth.service.ts',
      '@portcullis/auth/dist/clock.js',
      /by that name/,
    ],
    ['drivers', 'src/users/users.store.sqlite.ts', 'libsql', /imported only by/],
    ['drivers', 'src/storage/ids.ts', 'cache-manager-redis-yet', /imported only by/],
    ['mongoose', 'src/users/users.service.ts', 'mongoose', /is for \*\.mongo\.ts/],
    ['mongoose', 'src/storage/sqlite/rows.ts', 'mongoose', /is for \*\.mongo\.ts/],
    ['mongoose', 'src/users/users.module.ts', '@nestjs/mongoose', /is for \*\.mongo\.ts/],
    [
      'the library',
      'libs/auth/src/a.ts',
      '../../../src/users/user.js',
      /used without this repository/,
    ],
    ['the library', 'libs/auth/src/a.ts', 'mongoose', /must not bring mongoose/],
    ['the library', 'libs/auth/src/a.ts', 'argon2', /must not bring argon2/],
    ['the library', 'libs/auth/src/a.ts', 'libsql', /must not bring libsql/],
    ['the library', 'libs/auth/src/a.ts', 'node:process', /must not bring node:process/],
    [
      'examples',
      'examples/orders/src/a.ts',
      '../../../src/users/user.js',
      /what our own packages and Nest/,
    ],
    [
      'examples',
      'examples/orders/src/a.ts',
      '@portcullis/auth/dist/x.js',
      /what our own packages and Nest/,
    ],
    ['examples', 'examples/orders/src/a.ts', 'lru-cache', /what our own packages and Nest/],
  ])('%s: %s must not import %s', (_rule, from, specifier, message) => {
    const faults = faultsOfImport(from, specifier);
    expect(faults).toContainEqual(expect.stringMatching(message));
    expect(faults[0]).toMatch(`${from}:1: `);
  });

  it.each([
    ['src/users/users.store.mongo.ts', 'mongoose'],
    ['src/users/users.store.mongo.ts', './mongo/user.filter.js'],
    ['src/users/users.module.ts', './users.store.sqlite.js'],
    ['src/users/users.service.ts', './users.store.js'],
    ['src/users/users.service.spec.ts', './users.store.mongo.js'],
    ['src/tokens/sessions/sessions.service.ts', '../../users/user.js'],
    ['src/cli/main.ts', '../app.module.js'],
    ['src/app.module.ts', './cli/cli.module.js'],
    ['src/health/health.module.ts', '../users/users.module.js'],
    ['src/app.module.ts', './tokens/revocation/server-token-versions.js'],
    ['src/app.module.ts', './http/validation.pipe.js'],
    ['src/auth/dto/login.dto.ts', '../../http/plain-text.js'],
    ['src/http/problem/to-problem.ts', '../../storage/storage.errors.js'],
    ['src/http/problem/to-problem.ts', '@portcullis/auth'],
    ['src/storage/sqlite/database.ts', 'libsql'],
    ['libs/auth/src/a.ts', './b.js'],
    ['examples/orders/src/a.ts', '@nestjs/common'],
    ['examples/orders/src/a.ts', '@portcullis/auth'],
  ])('%s may import %s', (from, specifier) => {
    expect(faultsOfImport(from, specifier)).toEqual([]);
  });

  it('lets the words of a query out of a store, not the store', () => {
    const [from, to] = ['src/admin/admin.service.ts', '../users/users.store.js'];
    expect(faultsOfImport(from, to, 'import type { UserQuery }')).toEqual([]);
    expect(faultsOfImport(from, to, 'import { type UserQuery }')).toHaveLength(1);
  });

  it('takes an exception at its word: that file, that type', () => {
    const [from, to] = ['src/config/environment.ts', '../applications/application.js'];
    expect(faultsOfImport(from, to, 'import type { SessionPolicy }')).toEqual([]);
    expect(faultsOfImport(from, to, 'import { defaultApplicationId }')).toHaveLength(1);
  });

  it('sees a cycle around corners, also through types', () => {
    const faults = faultsOf({
      'libs/auth/src/a.ts': "import './b.js';",
      'libs/auth/src/b.ts': "export * from './c.js';",
      'libs/auth/src/c.ts': "import type { A } from './a.js';",
      'libs/auth/src/d.ts': "import './a.js';",
    });
    expect(faults).toEqual([
      'libs/auth/src/a.ts → libs/auth/src/b.ts → libs/auth/src/c.ts → libs/auth/src/a.ts: files that import each other',
    ]);
  });

  it('sees a driver in a second file', () => {
    const text = "import { redisStore } from 'cache-manager-redis-yet';";
    const [a, b] = ['libs/auth/src/redis/a.ts', 'libs/auth/src/redis/b.ts'] as const;
    expect(faultsOf({ [a]: text })).toEqual([]);
    expect(faultsOf({ [a]: text, [b]: text })).toEqual([
      `cache-manager-redis-yet is imported by ${a} and ${b}: let one file know it`,
    ]);
  });

  it.each([
    "process.env['X']",
    "process['env']",
    'globalThis.process.env',
    'f(({ a: [process.env] }))',
  ])('sees the library read %s', (code) => {
    expect(faultsOf({ 'libs/auth/src/a.ts': `export const x = ${code};` })).toEqual([
      'libs/auth/src/a.ts: reads process.env, which belongs to the host: take an option',
    ]);
    expect(faultsOf({ 'src/main.ts': `export const x = ${code};` })).toEqual([]);
  });

  it('sees the library take env out of process', () => {
    expect(faultsOf({ 'libs/auth/src/a.ts': 'const { env } = process;' })).toHaveLength(1);
  });

  it('sees a package that would not be installed', () => {
    const manifests = [
      { folder: '', dependencies: { argon2: '1' } },
      { folder: 'libs/auth/', peerDependencies: { rxjs: '7' } },
    ];
    const undeclared = (path: string, text: string): readonly string[] =>
      findUndeclared(findImports({ path, text }), manifests);
    expect(undeclared('libs/auth/src/a.ts', "import 'argon2';")).toEqual([
      'libs/auth/src/a.ts:1: argon2 is not among the dependencies of libs/auth/package.json',
    ]);
    expect(undeclared('src/a.ts', "import 'rxjs/operators';")).toHaveLength(1);
    expect(undeclared('src/a.ts', "import 'argon2'; import 'node:fs'; import './b.js';")).toEqual(
      [],
    );
    expect(undeclared('src/a.ts', "import type { X } from 'rxjs';")).toEqual([]);
  });

  it.each([
    "import x from 'p/deep';",
    "import * as x from 'p';",
    "export { x } from 'p';",
    "import x = require('p');",
    "const x = await import('p');",
    "const x = require('p');",
    "type X = import('p').X;",
    'const x = import(`p`);',
  ])('finds %s', (text) => {
    const path = 'src/a.ts';
    expect(findImports({ path, text: `\n${text}` })).toMatchObject([
      { to: 'p', line: 2, isFile: false },
    ]);
  });
});
