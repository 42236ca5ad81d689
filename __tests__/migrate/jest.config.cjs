/** `npm run test:migrate`: migrates copies of the project. The steps of a migration run in order. */
const base = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/__tests__/migrate/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // A step can install all packages, or run many tests.
  testTimeout: 15 * 60_000,
  maxWorkers: 1,
  verbose: true,
};
