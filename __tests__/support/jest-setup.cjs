/** Before all suites: gives them and their child processes one temporary folder, and builds the local run. */
const { mkdtempSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { buildIfStale } = require('../../packages/local-run/bin/build.cjs');

module.exports = () => {
  process.env.TMPDIR = mkdtempSync(path.join(os.tmpdir(), 'serverless-crud-tests-'));
  buildIfStale();
};
