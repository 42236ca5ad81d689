/** The files that this process made its results of, beside the modules that it loaded: typescript.cjs writes them down. */
'use strict';
module.exports = { inputs: new Set() };
