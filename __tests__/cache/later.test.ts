/** What is loaded only when it is used: cdktf without its archives, a provider without the resources that no stack has. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const LOADER = path.join(__dirname, '../../cache/typescript.cjs');

/** Runs JavaScript as the app is run, in the project's folder. */
function run(code: string): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', LOADER, '-e', code], {
    cwd: path.join(__dirname, '../..'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const LOADED = `const loaded = (name) => Object.keys(require.cache).some((file) => file.includes(require('node:path').join('node_modules', name)));`;

test('cdktf comes without archiver and semver', () => {
  const code = `${LOADED} require('cdktf'); console.log(JSON.stringify(['cdktf/lib', 'archiver/', 'semver/'].map(loaded)))`;
  expect(run(code)).toEqual([true, false, false]);
});

test('they are there when cdktf uses them', () => {
  const code = `${LOADED}
    const { ValidateBinaryVersion } = require('cdktf/lib/validations/validate-binary-version');
    const old = new ValidateBinaryVersion('thing', '>=2.0', 'echo 1.2.3').validate();
    const good = new ValidateBinaryVersion('thing', '>=1.0', 'echo 1.2.3').validate();
    console.log(JSON.stringify([old, good, loaded('semver/')]))`;
  expect(run(code)).toEqual([[expect.stringContaining('1.2.3 is lower')], [], true]);
});

test('a resource loads when it is made, and is the class that others know', () => {
  const code = `${LOADED}
    const bucket = require('@cdktf/provider-aws/lib/s3-bucket');
    const seen = [loaded('@cdktf/provider-aws/lib/s3-bucket/')];
    const { App, TerraformStack } = require('cdktf');
    const made = new bucket.S3Bucket(new TerraformStack(new App(), 'stack'), 'bucket');
    seen.push(loaded('@cdktf/provider-aws/lib/s3-bucket/'), made instanceof bucket.S3Bucket, 'S3Bucket' in bucket);
    seen.push(bucket.S3Bucket === require('@cdktf/provider-aws').s3Bucket.S3Bucket, Object.keys(bucket).includes('S3Bucket'));
    console.log(JSON.stringify(seen))`;
  expect(run(code)).toEqual([false, true, true, true, true, true]);
}, 60_000);

test('one that does not exist is missed at once', () => {
  expect(() => run(`require('@cdktf/provider-aws/lib/no-such-thing')`)).toThrow(/Cannot find module/);
});
