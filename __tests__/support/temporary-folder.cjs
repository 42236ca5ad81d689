/** All that tests, and what they start, put into the temporary folder goes into one that is removed at the end. */
const { mkdtempSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

module.exports = () => {
  process.env.TMPDIR = mkdtempSync(path.join(os.tmpdir(), 'serverless-crud-tests-'));
};
