// One project per kind of test; each file says in its first line what it tells.
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@portcullis/auth$': '<rootDir>/libs/auth/src/index.ts',
    '^@portcullis/client$': '<rootDir>/libs/client/src/index.ts',
    '^@portcullis/client/(.+)$': '<rootDir>/libs/client/src/$1/index.ts',
  },
  modulePathIgnorePatterns: ['/dist/'],
  setupFiles: ['reflect-metadata'],
};

const project = (displayName, ...testMatch) => ({ ...common, displayName, testMatch });

export default {
  projects: [
    project('unit', '<rootDir>/src/**/*.spec.ts', '<rootDir>/libs/*/src/**/*.spec.{ts,tsx}'),
    project('architecture', '<rootDir>/test/architecture/**/*.spec.ts'),
    project('property', '<rootDir>/test/property/**/*.spec.ts'),
    project('simulation', '<rootDir>/test/simulation/**/*.spec.ts'),
    project('conformance', '<rootDir>/test/conformance/**/*.spec.ts'),
    project('contract', '<rootDir>/test/contract/**/*.spec.ts'),
    project('e2e', '<rootDir>/test/e2e/**/*.spec.ts'),
    project('browser', '<rootDir>/test/browser/**/*.spec.ts'),
    project('durability', '<rootDir>/test/durability/**/*.spec.ts'),
    project('faults', '<rootDir>/test/faults/**/*.spec.ts'),
  ],
  globalSetup: '<rootDir>/test/support/services/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/services/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/services/skip-reporter.mjs'],
  testSequencer: '<rootDir>/test/support/suite-order.mjs',
  maxWorkers: 2,
  // Modules of a suite are never given back; with too many of them a worker does little but collect.
  workerIdleMemoryLimit: '700MB',
  // Generous: while the faults project keeps every core busy, a start takes many times as long.
  testTimeout: 120_000,
};
