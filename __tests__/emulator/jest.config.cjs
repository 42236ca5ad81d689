/** `npm run e2e`: one suite, whose steps run in order. It stops at the first failure. */
const base = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/__tests__/emulator/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // A step can contain a whole deployment. On AWS, the creation of tables and functions takes minutes.
  testTimeout: 15 * 60_000,
  bail: 1,
  verbose: true,
};
