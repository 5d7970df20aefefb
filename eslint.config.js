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
    // node:test tracks the promise of every test() by itself
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off', 'no-console': 'off' },
  },
);
