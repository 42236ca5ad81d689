/** `npm run e2e`: two suites run at the same time, each with its own emulator. The steps of a suite run in order. */
const base = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/__tests__/emulator/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // A step can contain a whole deployment. On AWS, the creation of tables and functions takes minutes.
  testTimeout: 15 * 60_000,
  maxWorkers: 2,
  verbose: true,
};
