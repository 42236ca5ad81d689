/** Removes the temporary folder of the tests. */
const { rmSync } = require('node:fs');

module.exports = () => rmSync(process.env.TMPDIR, { recursive: true, force: true });
