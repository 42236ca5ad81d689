/** The app command of cdktf.json: runs main.ts with jiti, which strips the types. */
const { createJiti } = require('jiti');

// Node.js loads these packages itself, in half of the time.
const nativeModules = ['@cdktf/provider-aws', 'cdktf', 'constructs', 'esbuild', 'fflate'];

createJiti(__filename, { nativeModules })('./main.ts');
