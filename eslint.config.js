// What the linter holds us to: the strict type-checked rules, and no console but in the commands a person runs.
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', '**/*.generated.ts', '.data'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // a short arrow function may end in a call without a result: `() => server.close()`
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off', // counted, with a limit, by test/structure/measures.test.ts
      '@typescript-eslint/require-await': 'off', // a port is asynchronous even where one adapter is not
      '@typescript-eslint/unbound-method': 'off', // our ports are closures: nothing in them needs a `this`
      '@typescript-eslint/restrict-template-expressions': [
        'error', // only numbers have one spelling besides strings
        {
          allowAny: false,
          allowBoolean: false,
          allowNever: false,
          allowNullish: false,
          allowNumber: true,
          allowRegExp: false,
        },
      ],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }], // `[...text]` lists the code points
      '@typescript-eslint/no-invalid-void-type': 'off', // it rejects `Promise.withResolvers<void>()`
      // MikroORM types the connection of every EntityManager as the general one; ours are all connections of SQL
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off', // MikroORM's QueryOrderMap of a generic row
      '@typescript-eslint/no-unnecessary-type-conversion': 'off', // `JSON.stringify(undefined)` is no string, as its type says
      'no-console': 'error',
    },
  },
  {
    // what decides is given the time, its chances and its configuration; only infra/ reads them
    files: ['gateway/**/*.ts', 'schema/**/*.ts', 'subgraphs/**/*.ts', 'workers/**/*.ts'],
    ignores: [
      'gateway/supergraph/load-executor.ts',
      'infra/system/commands/documents.ts',
      'gateway/documents/document-folder.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take `now` as an argument.' },
        { object: 'Math', property: 'random', message: 'Take a seed as an argument.' },
      ],
      'no-restricted-globals': ['error', { name: 'process', message: 'infra/config/env.ts reads the environment.' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take `now` as an argument.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off', // node:test tracks the promise of every test() by itself
      '@typescript-eslint/restrict-template-expressions': 'off', // a test that prints the wrong value fails, and shows it
      '@typescript-eslint/no-misused-spread': 'off', // `[...'ABC']`, of literal types
      '@typescript-eslint/no-confusing-void-expression': 'off', // `return t.skip(reason)`
      '@typescript-eslint/no-meaningless-void-operator': 'off', // `() => void count++`
      '@typescript-eslint/no-unnecessary-condition': 'off', // a test does not trust an answer's type; after a failed `before`, nothing is set
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // a test names the type of the answer it expects
      'no-console': 'off',
    },
  },
);
