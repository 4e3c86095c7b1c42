// One project per kind of test; each file says in its first line what it tells.
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@portcullis/auth$': '<rootDir>/libs/auth/src/index.ts',
  },
  modulePathIgnorePatterns: ['/dist/'],
  setupFiles: ['reflect-metadata'],
};

const project = (displayName, ...testMatch) => ({ ...common, displayName, testMatch });

export default {
  projects: [
    project('unit', '<rootDir>/src/**/*.spec.ts', '<rootDir>/libs/*/src/**/*.spec.ts'),
    project('architecture', '<rootDir>/test/architecture/**/*.spec.ts'),
    project('property', '<rootDir>/test/property/**/*.spec.ts'),
    project('simulation', '<rootDir>/test/simulation/**/*.spec.ts'),
    project('conformance', '<rootDir>/test/conformance/**/*.spec.ts'),
    project('contract', '<rootDir>/test/contract/**/*.spec.ts'),
    project('e2e', '<rootDir>/test/e2e/**/*.spec.ts'),
    project('durability', '<rootDir>/test/durability/**/*.spec.ts'),
    project('faults', '<rootDir>/test/faults/**/*.spec.ts'),
  ],
  globalSetup: '<rootDir>/test/support/services/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/services/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/services/skip-reporter.mjs'],
  maxWorkers: 2,
  // Generous: while the faults project keeps every core busy, a start takes many times as long.
  testTimeout: 60_000,
};
