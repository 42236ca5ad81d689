/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts', '<rootDir>/packages/*/__tests__/**/*.test.ts'],
  // Types are checked by `npm run check`, not here.
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }],
    // jose has only ES modules, which Jest does not load.
    '/node_modules/jose/.+\\.js$': ['@swc/jest', { module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/emulator/', '<rootDir>/__tests__/migrate/'],
  modulePathIgnorePatterns: [
    '<rootDir>/.e2e',
    '<rootDir>/cdktf.out',
    '<rootDir>/dist',
    '<rootDir>/packages/local-run/dist',
  ],
  // Terraform's plans and whole local runs take their time on a busy machine.
  globalSetup: '<rootDir>/__tests__/support/jest-setup.cjs',
  globalTeardown: '<rootDir>/__tests__/support/jest-teardown.cjs',
  testTimeout: 60_000,
};
