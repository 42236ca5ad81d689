/**
 * Each attribute that a plan of the real AWS provider knows is equal in the state that the stand-in makes: values of the
 * configuration, and defaults of the provider.
 */
import path from 'node:path';
import { compareWithRealProvider, findRealProvider } from '../support/real-comparison';
import { RealProvider } from '../support/real-plan';
import { readProjects } from '../terraform/support/project';

const PROJECTS = path.join(__dirname, '../terraform/projects');

/** Differences that stay, by type and attribute, and the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'aws_s3_bucket_lifecycle_configuration.rule.filter.prefix':
    'The provider writes the prefix of an empty filter as "".',
};

const found = findRealProvider();

if ('reason' in found && process.env['REQUIRE_TERRAFORM'] !== '1') {
  process.stderr.write(`Skipped: the comparison with the AWS provider, because ${found.reason}\n`);
  test.skip(`the comparison with the AWS provider (${found.reason})`, () => undefined);
} else {
  describe('attributes that the AWS provider knows while planning', () => {
    let provider: RealProvider;
    let known = 0;
    let different = 0;

    beforeAll(async () => {
      if ('reason' in found) throw new Error(found.reason);
      provider = await RealProvider.start(found.program);
    });

    afterAll(() => {
      provider.stop();
      process.stdout.write(`${known} attributes that the provider knows, ${different} different\n`);
    });

    it.each(readProjects(PROJECTS))(
      'are equal in $name',
      async ({ name, root }) => {
        const result = await compareWithRealProvider(path.join(PROJECTS, name), root, provider);
        const differences = result.differences.filter(
          ({ attribute }) => !(attribute.replace(/\.\d+(?=\.|$)/g, '') in EXCEPTIONS),
        );
        known += result.known;
        different += differences.length;
        expect(differences).toEqual([]);
      },
      120_000,
    );
  });
}
