/** Checks the name of an API. */

/** The name of a DynamoDB table has at least 3 characters. */
const MIN_LENGTH = 3;
const MAX_LENGTH = 40;

/** Reserved names: the folders of function/ that are not APIs, and the stack of the state bucket. */
const RESERVED_NAMES = ['contract', 'crud', 'dynamodb', 'http', 'operations', 'state', 'validation'];

const RESERVED_WORDS = (
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
  'finally for function if implements import in instanceof interface let new null package private protected public return ' +
  'static super switch this throw true try typeof var void while with yield'
).split(' ');

/** Checks the name of an API. @throws Error when no API can have the name */
export function checkName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length < MIN_LENGTH || name.length > MAX_LENGTH) {
    throw new Error(
      `${JSON.stringify(name.slice(0, 80))} cannot be the name of an API. Use ${MIN_LENGTH} to ${MAX_LENGTH} lower-case letters, digits ` +
        'and single hyphens, and start with a letter: parcels.',
    );
  }
  if (RESERVED_NAMES.includes(name) || RESERVED_WORDS.includes(name) || name in Object.prototype) {
    throw new Error(`${name} cannot be the name of an API: the project or TypeScript uses it. Choose another name.`);
  }
}

/** The name of the contract in TypeScript. @example identifierOf('gift-cards') // giftCards */
export function identifierOf(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
