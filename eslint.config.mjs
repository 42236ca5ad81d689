import tseslint from 'typescript-eslint';

/** Names of packages' barrels: one import would load every resource of the provider. */
const BARRELS = ['@cdktf/provider-aws', '@cdktn/provider-aws'].flatMap((name) => [name, `${name}/lib`]);

export default tseslint.config(
  { ignores: ['node_modules', '**/cdktf.out', '.bootstrap', '.e2e', '**/dist', 'coverage', '.local'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            '*.mjs',
            '*.cjs',
            '__tests__/support/*.cjs',
            '__tests__/emulator/*.cjs',
            '__tests__/migrate/*.cjs',
            'packages/*/bin/*.cjs',
          ],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-imports': ['error', { paths: BARRELS }],
      'no-undef': 'off',
      // A construct works by being created.
      'no-new': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      // The rule overflows the stack for a recursive type that contains a class, such as the values of a plan.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `_` names a field that code removes from a copy of an object.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_$' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Jest's matchers and the JSON that tests assert are of type any.
    files: ['__tests__/**', 'packages/*/__tests__/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', 'packages/local-run/__tests__/terraform/projects/**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // The console page's own scripts: they run as they are.
    files: ['packages/local-run/src/console/page/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { projectService: false, program: null } },
  },
);
