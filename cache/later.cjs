/**
 * Modules that are required at the start and loaded when something of them is used, which at most runs is never: a quarter of
 * the time of synth.
 */
'use strict';
const Module = require('node:module');
const path = require('node:path');

/**
 * `archiver` zips folders (cdktf does it in a process of its own, for assets that are archives), `semver` compares Terraform's
 * version (for `import` and `moved`). They and what they drag along are two thirds of the modules that cdktf loads.
 */
const OF_CDKTF = ['archiver', 'semver'];
const CDKTF = path.join('node_modules', 'cdktf', 'lib');

/** Each a large file for one kind of resource: those of a stack that is not made are not needed. */
const RESOURCE = /^@cdktf\/provider-[^/]+\/lib\//;

const load = Module._load;

Module._load = function (request, parent, isMain) {
  if (!waits(request, parent?.filename ?? '')) return load.call(this, request, parent, isMain);
  // What is not there is missed now, as ever.
  Module._resolveFilename(request, parent, isMain);
  return later(() => load.call(this, request, parent, isMain));
};

function waits(request, requiredBy) {
  return RESOURCE.test(request) || (OF_CDKTF.includes(request) && requiredBy.includes(CDKTF));
}

/** Stands for what a module exports, a function or an object; all that is done to it is done to what `exported` gives. */
function later(exported) {
  const handlers = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map((name) => [name, (_, ...rest) => Reflect[name](exported(), ...rest)]),
  );
  // A proxy may call nothing fixed that its own target does not have.
  handlers.getOwnPropertyDescriptor = (_, name) => {
    const found = Reflect.getOwnPropertyDescriptor(exported(), name);
    return found && { ...found, configurable: true };
  };
  // A plain function has a `prototype` that a proxy would have to report as it is; an arrow function has none.
  return new Proxy(() => undefined, handlers);
}
