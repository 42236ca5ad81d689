/** Says what to do when a function needs a package of Lambda's runtime that this machine does not have. */
import { runtimeMajor } from './runtime-major';

/**
 * @param message the message of Node.js: `Cannot find module '@aws-sdk/client-sns'`
 * @returns a sentence to append, or an empty text for a package that no runtime has
 */
export function missingSdkHint(message: string): string {
  const [, name] =
    /Cannot find (?:module|package) '((?:@aws-sdk|@smithy)\/[\w.-]+|aws-sdk)(?:['/])/.exec(message) ?? [];
  if (name === undefined) return '';
  const major = runtimeMajor();
  const hasVersion2 = major < 18;
  if ((name === 'aws-sdk') !== hasVersion2) {
    const included = hasVersion2 ? 'version 2 of the SDK (aws-sdk)' : 'version 3 of the SDK (@aws-sdk/...)';
    return `\nThe runtime nodejs${major}.x contains ${included}. Put ${name} into the archive, or use another runtime.`;
  }
  const remedy = `Run "npm install --save-dev ${name}" in the project's folder, or put it into the archive.`;
  return `\nThe runtime of Lambda contains ${name}, but this machine does not. ${remedy}`;
}
