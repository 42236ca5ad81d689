#!/usr/bin/env node
'use strict';
const { buildIfStale } = require('./build.cjs');

try {
  buildIfStale();
} catch (error) {
  // esbuild has printed the file, the line and the error.
  if (!Array.isArray(error.errors)) throw error;
  process.exit(1);
}
// Makes stack traces name files and lines of src/.
process.setSourceMapsEnabled(true);
if (process.argv[2] === 'mcp') require('../dist/mcp.cjs');
else require('../dist/cli.cjs');
