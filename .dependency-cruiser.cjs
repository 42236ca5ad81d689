/** Who may import whom: see docs/architecture.md. */

/** A rule that `from` imports only `allowed`: folders of this repository, npm packages and Node.js itself. */
function only(name, from, allowed, comment) {
  return { name, severity: 'error', comment, from: { path: from }, to: { pathNot: allowed } };
}

const NODE =
  '^node:|^(assert|buffer|async_hooks|child_process|crypto|dns|events|fs|http|https|inspector|module|net|os|path|perf_hooks|readline|stream|timers|tls|url|util|worker_threads|zlib)(/|$)';
const npm = (...names) => names.map((name) => `^node_modules/(@types/)?${name}/`);
/** Workspaces are resolved through their symbolic links to packages/. */
const workspace = (...names) => names.map((name) => `^packages/${name}/src/`);

/** What bin/local-run.cjs requires. It has no path from the root before bin/build.cjs builds it. */
const BUILT_COMMAND = '^\\.\\./dist/(cli|mcp)\\.cjs$';
/** Packages of package.json's dependencies: see also the rules `dependencies` and `not-a-dev-dependency`. */
const ANY_PACKAGE = '^node_modules/';
/** Packages that deploy and run functions. No function works with them on Lambda. */
const PACKAGE_FOR_FUNCTIONS = '^node_modules/(?!(cdktf|cdktn|constructs|@cdktf|@cdktn|esbuild|jiti|dynalite)/)';
const JSON_FILE = '^(?!node_modules/).*\\.json$';

/** A package imports its own folder and the npm packages that its package.json declares. */
function walls(name, ...dependencies) {
  return only(
    name,
    `^packages/${name}/(bin|src)/`,
    [NODE, `^packages/${name}/(bin|src|node_modules)/`, BUILT_COMMAND, ...npm(...dependencies)],
    'A package imports neither the app nor another package.',
  );
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only(
      'main',
      '^main\\.ts$',
      ['^stacks/', '^function/[^/]+/contract\\.ts$'],
      'main.ts is a table of contents: contracts and stacks.',
    ),
    only('app', '^app\\.cjs$', [NODE, ...npm('esbuild')], 'app.cjs compiles main.ts and runs the result.'),
    only(
      'stacks',
      '^stacks/',
      [
        NODE,
        '^stacks/',
        '^constructs/',
        '^function/contract/',
        '^function/[^/]+/contract\\.ts$',
        ANY_PACKAGE,
        JSON_FILE,
      ],
      'A stack says what is deployed. Of the functions it reads the contracts only.',
    ),
    only(
      'constructs',
      '^constructs/',
      [
        NODE,
        '^constructs/',
        // Contracts, and the checks of values against their schemas.
        '^function/(contract|validation)/',
        '^function/dynamodb/storable\\.ts$',
        '^function/http/variables\\.ts$',
        ...workspace('lean-dynamodb'),
        ...npm('cdkt[fn]', 'constructs', '@cdkt[fn]/provider-[^/]+', 'esbuild', 'fflate'),
      ],
      'Constructs import no stack, and of the functions only what contracts are made of.',
    ),
    only(
      'function',
      '^function/(?![^/]+/session\\.ts$)',
      [NODE, '^function/', PACKAGE_FOR_FUNCTIONS, JSON_FILE],
      'Code that runs in Lambda does not know what deploys it.',
    ),
    only(
      'contracts',
      '^(function|examples)/[^/]+/contract\\.ts$',
      ['^function/contract/', '^function/[^/]+/contract\\.ts$', JSON_FILE],
      'A contract is pure data, which a stack can read.',
    ),
    only(
      'examples',
      '^examples/[^/]+/main\\.ts$',
      ['^stacks/', '^examples/[^/]+/contract\\.ts$'],
      'main.ts is a table of contents: contracts and stacks.',
    ),
    only(
      'functions-of-examples',
      '^examples/[^/]+/index\\.ts$',
      [NODE, '^function/', '^examples/[^/]+/contract\\.ts$', PACKAGE_FOR_FUNCTIONS],
      'Code that runs in Lambda does not know what deploys it.',
    ),
    only(
      'sessions',
      '^(function|examples)/[^/]+/session\\.ts$',
      [NODE, '^scripts/smoke/', '^(function|examples)/[^/]+/contract\\.ts$'],
      'The session of an API is for npm run smoke and npm run iam; no function has it.',
    ),
    walls(
      'local-run',
      ...['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@grpc/grpc-js', '@modelcontextprotocol/sdk'],
      ...['@msgpack/msgpack', 'ajv', 'chokidar', 'dynalite', 'esbuild', 'fflate', 'ignore', 'jose', 'protobufjs'],
      ...['swagger-ui-dist', 'yaml', 'zod'],
    ),
    only(
      'local-run-model',
      '^packages/local-run/src/model/',
      ['^packages/local-run/src/model/'],
      'The model is plain data.',
    ),
    only(
      'local-run-services',
      '^packages/local-run/src/services/',
      [
        NODE,
        '^packages/local-run/src/(model|services)/',
        '^packages/local-run/src/package-root\\.ts$',
        ...npm('ajv', 'dynalite', 'fflate', 'jose'),
      ],
      'Services do as AWS does. They read the model, not its source.',
    ),
    walls('plan-review', 'ajv', 'fflate', 'jiti'),
    walls('lean-dynamodb', '@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@smithy/core', 'esbuild', 'jiti'),
    only(
      'scripts',
      '^scripts/(?!iam[./])',
      [
        NODE,
        '^scripts/(?!iam[./])',
        '^stacks/(settings|names|previews|build-functions|canary-configs|aws-provider)\\.ts$',
        '^constructs/(bundle\\.ts$|openapi/)',
        '^function/(contract|validation)/',
        ...workspace('plan-review', 'lean-dynamodb'),
        ...npm('@aws-sdk/[^/]+', '@smithy/(core|signature-v4)', 'lossless-json', 'openapi-typescript'),
      ],
      'Scripts use packages by name. Deploy scripts do not import the local run.',
    ),
    only(
      'iam',
      '^scripts/iam[./]',
      [NODE, '^scripts/', '^function/contract/', ...workspace('local-run')],
      'npm run iam compares grants with the calls that it sees in the local run.',
    ),
    only(
      'bench',
      '^bench/(?!function/handlers/)',
      [
        NODE,
        '^bench/',
        '^constructs/(bundle|node-runtime)\\.ts$',
        '^stacks/build-functions\\.ts$',
        '^(function|examples)/[^/]+/contract\\.ts$',
        '^function/contract/api\\.ts$',
        '^(package|cdktf)\\.json$',
        '^scripts/cli\\.ts$',
        ...workspace('local-run'),
        ...npm('dynalite', 'esbuild', 'fflate'),
      ],
      'Benchmarks build with the bundler and start processes as package.json does.',
    ),
    {
      name: 'packages-by-name',
      severity: 'error',
      comment: 'Import a package by its name, so that its exports apply.',
      from: { path: '^(main\\.ts|stacks|constructs|function|examples|scripts|bench|__tests__)' },
      // An import by name is resolved to packages/ too, as an alias.
      to: { path: '^packages/', dependencyTypes: ['local'], dependencyTypesNot: ['aliased-workspace'] },
    },
    {
      name: 'package-tests',
      severity: 'error',
      comment: "A package's tests import the package alone.",
      from: { path: '^packages/([^/]+)/__tests__/' },
      to: {
        path: '^(main\\.ts|stacks|constructs|function|scripts|bench|__tests__|packages/)',
        pathNot: '^packages/$1/',
      },
    },
    {
      name: 'not-main',
      severity: 'error',
      comment: 'main.ts synthesizes when it is imported. Run it as a child process.',
      from: {},
      to: { path: ['^main\\.ts$', '^examples/[^/]+/main\\.ts$'] },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unused-module',
      severity: 'error',
      comment: 'Nothing imports it: delete it, or say here why it stands alone.',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.c?ts$',
          '__tests__/',
          '^function/[^/]+/index\\.ts$',
          '^packages/lean-dynamodb/src/client/',
          '^bench/function/(child|handlers/.*)\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'not-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^aws-lambda$', BUILT_COMMAND] },
    },
    {
      name: 'not-a-dev-dependency',
      severity: 'error',
      comment: 'Code that runs needs a dependency, not a devDependency: npm install --save-prod NAME',
      from: { path: '^(main\\.ts|stacks|constructs|function|examples|packages/[^/]+/src)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'dependencies',
      severity: 'error',
      comment: 'package.json does not have this package: npm install NAME',
      from: { path: '^(main\\.ts|stacks|constructs|function|examples)' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^packages/[^/]+/dist/', '^packages/local-run/__tests__/terraform/projects/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
