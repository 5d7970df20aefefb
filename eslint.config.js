// What the linter holds us to: the strict type-checked rules, and no console but in the commands a person runs.
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', '**/*.generated.ts', '.data'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off', // a port is asynchronous even where one adapter is not
      '@typescript-eslint/unbound-method': 'off', // our ports are closures: nothing in them needs a `this`
      'no-console': 'error',
    },
  },
  {
    // what decides is given the time, its chances and its configuration; only infra/ reads them
    files: ['gateway/**/*.ts', 'schema/**/*.ts', 'subgraphs/**/*.ts', 'workers/**/*.ts'],
    ignores: [
      'gateway/supergraph/supergraph.ts',
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
    // node:test tracks the promise of every test() by itself
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off', 'no-console': 'off' },
  },
);
