// What no reviewer should have to look for. Rules about which file may import which: test/architecture.
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const tests = ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts', 'libs/*/src/testing/**/*.ts'];
const inBrowsers = ['libs/client', 'libs/dashboard', 'examples/two-apps', 'test/browser'];
const clocks = ['**/clock.ts', '**/*.clock.ts'];
const entryPoints = ['src/main.ts', 'src/cli/**/*.ts', 'examples/*/src/main.ts'];

const random = {
  object: 'Math',
  property: 'random',
  message: 'It can be predicted. Use node:crypto; in a test, a fixed seed.',
};
const clockMessage = 'Take a Clock, so that a test can set the time.';
const dateNow = { object: 'Date', property: 'now', message: clockMessage };
const processEnv = {
  object: 'process',
  property: 'env',
  message: 'Take Environment (src/config): it is read and checked once, at start.',
};
const newDate = {
  selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]',
  message: clockMessage,
};
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing is called the same everywhere.',
};
const focusedTest = {
  selector:
    'MemberExpression[object.name=/^(describe|it|test|describeWith\\w+)$/][property.name="only"]',
  message: 'It would silence every other test of the file.',
};
const envFromProcess = ['node:process', 'process'].map((name) => ({
  name,
  message: 'Use the global, so that process.env is found where it is read.',
}));

const unusedVars = ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }];

/** Both rules take a whole list, and a later block replaces an earlier one's. */
const restrict = ({ properties, syntax }) => ({
  'no-restricted-properties': ['error', ...properties],
  'no-restricted-syntax': ['error', ...syntax],
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '**/generated/', 'coverage/', 'data/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-implicit-coercion': ['error', { boolean: false }],
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    // One program for all that runs in Node and one for each that runs in a browser: those that
    // `npm run types` checks, and twice as fast as one per package.
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', ...inBrowsers.map((folder) => `./${folder}/tsconfig.json`)],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `import { type A }` alone still loads its module when it runs.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': unusedVars,
      // Nest's modules are classes with nothing but a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Ports are abstract classes, so that Nest can inject them; a plain object may well be one.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // `createParamDecorator<void, …>` is how a decorator says that it takes nothing.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A password's length is counted in code points (NIST SP 800-63B), as a spread does.
      // Settings are classes only to be injected: plain objects, which may be spread.
      '@typescript-eslint/no-misused-spread': [
        'error',
        { allow: ['string', { from: 'file', name: ['Environment', 'ResolvedOptions'] }] },
      ],
      // `async` without `await` is how a synchronous driver's throw becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-imports': ['error', { paths: envFromProcess }],
      ...restrict({
        properties: [random, dateNow, processEnv],
        syntax: [newDate, defaultExport],
      }),
    },
  },
  {
    files: clocks,
    rules: restrict({ properties: [random, processEnv], syntax: [defaultExport] }),
  },
  {
    files: ['src/config/**/*.ts'],
    rules: restrict({ properties: [random, dateNow], syntax: [newDate, defaultExport] }),
  },
  {
    files: entryPoints,
    rules: {
      'no-console': 'off',
      ...restrict({ properties: [random, dateNow], syntax: [newDate, defaultExport] }),
    },
  },
  {
    files: tests,
    rules: {
      'no-console': 'off',
      // What a test asserts about a body or a fake is checked by the assertion.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': ['error', { allowAny: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // `expect(store.insert)` names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      ...restrict({ properties: [random], syntax: [defaultExport, focusedTest] }),
    },
  },
  {
    // A package of its own: its types are those of what it alone installs, and its build checks them.
    files: ['test/bench/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // The types of a query follow from the OpenAPI document, through its library.
    files: ['libs/dashboard/src/**/*.queries.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    // Vite takes its settings from the default export.
    files: ['**/vite.config.ts'],
    rules: restrict({ properties: [random, dateNow], syntax: [newDate] }),
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-console': 'off',
      'no-restricted-properties': ['error', random],
      'no-unused-vars': unusedVars,
    },
  },
);
