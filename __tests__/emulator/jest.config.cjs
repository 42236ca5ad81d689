/** `npm run e2e`: one suite, in the order in which it is written, that stops at the first failure. */
const base = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/__tests__/emulator/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // A whole deployment; the deployment to AWS, where tables and functions take their time.
  testTimeout: 15 * 60_000,
  bail: 1,
  verbose: true,
};
