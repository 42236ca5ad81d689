/** Runs before all suites: creates one temporary folder for them and their child processes, and builds the local run. */
const { execFileSync } = require('node:child_process');
const { mkdtempSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const BUILD = path.join(__dirname, '../../packages/local-run/bin/build.cjs');

module.exports = () => {
  process.env.TMPDIR = mkdtempSync(path.join(os.tmpdir(), 'serverless-crud-tests-'));
  execFileSync(process.execPath, [BUILD], { stdio: 'inherit' });
};
