/** The migrations: CDK Terrain in place of CDKTF, and AWS provider 6 on CDKTF. */
import type { Edit, Migration } from './migration';

const CODE = /\.[cm]?[jt]sx?$/;
/**
 * Matches all files except packages/, which supports CDKTF and CDK Terrain, pages that compare CDKTF with CDK Terrain, and pages with
 * earlier measurements and decisions.
 */
const OF_THE_PROJECT = /^(?!packages\/|docs\/(migrate|lifecycle|performance)\.md$|docs\/decisions\/)/;

/** The calls with the name of a package, also `require.resolve(` and `jest.mock<...>(`. */
const CALL = /\b(?:import|require(?:\.resolve)?|(?:jest|vi)\.\w+(?:<[^>()]*>)?)\(\s*/.source;

/** The words before the name of an imported package. Strings such as `kind === 'cdktf'` are no imports. */
const IMPORT = `((?:\\bfrom\\s*|\\bimport\\s*|${CALL})['"\`])`;

const UPDATES = 'packages that updates leave out';
const DEPENDABOT = /^\.github\/dependabot\.yml$/;
const NEWEST = /^scripts\/newest\/packages\.ts$/;

const CDK_TERRAIN_EDITS: readonly Edit[] = [
  { subject: 'imports', files: CODE, from: new RegExp(`${IMPORT}cdktf(?=[/'"\`])`, 'g'), to: '$1cdktn' },
  { subject: 'imports', files: CODE, from: new RegExp(`${IMPORT}@cdktf/provider-`, 'g'), to: '$1@cdktn/provider-' },
  { subject: 'paths of packages', files: CODE, from: /\bnode_modules\/(\.bin\/)?cdktf\b/g, to: 'node_modules/$1cdktn' },
  {
    subject: 'commands in texts',
    files: OF_THE_PROJECT,
    from: /\bcdktf(?= (?:deploy|destroy|diff|get|init|list|output|synth|watch|\$\{|--version)\b)|(?<=\bnpx )cdktf\b/g,
    to: 'cdktn',
  },
  // The number alone can be a price in a contract or in a test.
  {
    subject: 'versions of Node.js',
    files: OF_THE_PROJECT,
    from: /(?<=\bNode\.js |\btest \()20\.19(?!\.?\d)/g,
    to: '22.19',
  },
  { subject: 'versions of Node.js', files: /^\.github\/workflows\/ci\.yml$/, from: /(?<=')20\.19(?=')/g, to: '22.19' },
  // CDK Terrain has new releases, so only its provider keeps its version.
  { subject: UPDATES, files: DEPENDABOT, from: /\n *- dependency-name: cdktf(-cli)?(?=\n)/g, to: '' },
  { subject: UPDATES, files: DEPENDABOT, from: /(?<=# )Archived\. (?=Another version of the provider)/g, to: '' },
  { subject: UPDATES, files: DEPENDABOT, from: /(?<=')@cdktf\/(?=provider-aws')/g, to: '@cdktn/' },
  { subject: UPDATES, files: NEWEST, from: /\n *'?cdktf(-cli)?'?: '.*(?=\n)/g, to: '' },
  { subject: UPDATES, files: NEWEST, from: /(?<=')@cdktf\/(?=provider-aws')/g, to: '@cdktn/' },
];

/** `reset_on_delete` of `aws_api_gateway_account`: provider 6 has no such argument, and always resets the settings. */
const PROVIDER_6_EDITS: readonly Edit[] = [
  {
    subject: 'arguments that AWS provider 6 does not have',
    files: /^constructs\/api-gateway-log-role\.ts$/,
    from: /\n *\/\/ Without this argument.*\n *resetOnDelete: true,/g,
    to: '',
  },
  {
    subject: 'arguments that AWS provider 6 does not have',
    files: /^__tests__\/stacks\/log-role\.test\.ts$/,
    from: /\n *reset_on_delete: true,/g,
    to: '',
  },
];

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  cdktn: {
    title: 'CDK Terrain 0.24 with AWS provider 6.66',
    node: '22.19.0',
    packages: {
      cdktf: { name: 'cdktn', version: '0.24.0' },
      'cdktf-cli': { name: 'cdktn-cli', version: '0.24.0' },
      '@cdktf/provider-aws': { name: '@cdktn/provider-aws', version: '25.7.0' },
      constructs: { name: 'constructs', version: '>=10.6.0 <10.8.0' },
    },
    // Without targetVersions, CDK Terrain checks the stacks against Terraform 1.5.7.
    context: { targetVersions: { terraform: '>=1.10' } },
    edits: [...CDK_TERRAIN_EDITS, ...PROVIDER_6_EDITS],
    next: [
      'Run npm run check and npm test, with Node.js 22.19 or later.',
      'If the required status checks on GitHub contain test (20.19), rename it to test (22.19).',
      'Run npm run plan, and read the changes. AWS provider 6 has an upgrade guide: see docs/migrate.md.',
    ],
  },
  'provider-6': {
    title: 'AWS provider 6.25 on CDKTF',
    node: '20.19.0',
    packages: { '@cdktf/provider-aws': { name: '@cdktf/provider-aws', version: '21.22.1' } },
    context: {},
    edits: PROVIDER_6_EDITS,
    next: [
      'Run npm run check and npm test.',
      'Run npm run plan, and read the changes. AWS provider 6 has an upgrade guide: see docs/migrate.md.',
    ],
  },
};
