/**
 * Runs before all suites: creates one temporary folder for them and their child processes, and builds the local run. The
 * commands of plan-review make their review key in this folder, not in the home of the user.
 */
const { execFileSync } = require('node:child_process');
const { mkdtempSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const BUILD = path.join(__dirname, '../../packages/local-run/bin/build.cjs');

module.exports = () => {
  process.env.TMPDIR = mkdtempSync(path.join(os.tmpdir(), 'serverless-crud-tests-'));
  process.env.XDG_STATE_HOME = path.join(process.env.TMPDIR, 'state');
  execFileSync(process.execPath, [BUILD], { stdio: 'inherit' });
};
