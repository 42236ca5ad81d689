/** The last steps on the state bucket: bootstrap protects it from a destruction while it is in use, and then removes it. */
import { waitUntilRunning } from './locks';
import { logRoleArn } from './log-role-steps';
import { progress } from './progress';
import { step } from './steps';
import type { Suite } from './suite';

/** Adds the steps. @param suite returns the target and the deployment; each step calls it when it runs */
export function addBootstrapDestroySteps(suite: () => Suite): void {
  step(
    'bootstrap keeps a bucket that is used during its destruction, and its next run protects the bucket',
    async () => {
      const { deployment, target } = suite();
      // Bootstrap deletes its first object after it has checked that the bucket is not in use.
      const held = target.recorder?.holdNext('s3:DeleteObject');
      if (!held) {
        progress('  skipped: calls to AWS are encrypted, so the suite cannot hold one back while it uses the bucket');
        return;
      }
      const destroy = deployment.startNpm('bootstrap', ['--destroy', '--confirm', deployment.bucket]);
      await waitUntilRunning(deployment, destroy, held);
      await deployment.putObject('notes.txt');
      held.release();
      const { status, output } = await destroy.ended;
      expect(status).toBe(1);
      expect(output).toContain(
        'notes.txt: not a state; store it in another place, and delete it here\nIts state is now the file .bootstrap/terraform.tfstate',
      );
      expect(await deployment.objectKeys()).not.toContain('state/terraform.tfstate');
      await deployment.deleteObject('notes.txt');
      const next = await deployment.npm('bootstrap', ['--bucket', deployment.bucket]);
      expect(next).toMatch(/force_destroy += true -> false[^]*The state is now s3:\/\/.*\/state\/terraform\.tfstate/);
    },
  );

  step('npm run bootstrap -- --destroy removes the bucket and the roles', async () => {
    const { deployment, target } = suite();
    await deployment.npm('bootstrap', ['--destroy', '--confirm', deployment.bucket]);
    await expect(deployment.objectKeys()).rejects.toThrow(/NoSuchBucket|bucket does not exist/i);
    expect(await deployment.resourceNames()).toEqual({});
    if (target.kind === 'emulator') expect(await logRoleArn()).toBe('');
  });
}
