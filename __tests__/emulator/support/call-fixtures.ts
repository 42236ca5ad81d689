/** Compares the calls of this suite with the recorded calls, which tests without an emulator use. */
import { type Call, callLine } from '../../support/iam/call';
import { recordedLines, writeRecordedLines } from '../../support/iam/recorded-calls';
import { ACCOUNT } from './calls/request';
import type { Deployment } from './deployment';
import { needsGrant } from './grants';
import { progress } from './progress';

/** Collections of API Gateway whose members have generated ids. */
const COLLECTIONS =
  '(?:rest)?apis|apikeys|authorizers|deployments|integrations|keys|requestvalidators|resources|routes|usageplans';
const GENERATED_ID = new RegExp(`(/|%2F)(${COLLECTIONS})(/|%2F)[^/ %*]+`, 'g');

/** Reports the number of calls that are not recorded. With UPDATE_CALLS=1, replaces the recorded calls with these calls. */
export function compareWithRecorded(deployment: Deployment, role: 'plan' | 'deploy', calls: readonly Call[]): void {
  const lines = [...new Set(calls.filter(needsGrant).map((call) => neutralLine(call, deployment)))].sort();
  if (process.env['UPDATE_CALLS'] === '1') writeRecordedLines(role, lines);
  const recorded = recordedLines(role);
  const missing = lines.filter((line) => !recorded.includes(line));
  if (missing.length === 0) return;
  progress(`  ${missing.length} calls of ${role} are not recorded: ${missing.join('; ')}`);
  progress('  to record them, run: UPDATE_CALLS=1 npm run e2e');
}

/** Tags about which no policy has a condition. */
const OTHER_TAGS = / aws:(Request|Resource)Tag\/(environment|project|stack)=\S+/g;

/** Replaces the names and ids that differ from run to run. */
function neutralLine(call: Call, { prefix, bucket }: Deployment): string {
  return callLine(call)
    .replaceAll(bucket, 'acme-terraform-state')
    .replaceAll(prefix, 'acme')
    .replaceAll(ACCOUNT, '111122223333')
    .replace(GENERATED_ID, '$1$2$3ID')
    .replace(OTHER_TAGS, '');
}
