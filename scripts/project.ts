/** The location of the project. */
import path from 'node:path';

/** Absolute path of the project's folder, which has cdktf.json. */
export const ROOT = path.join(__dirname, '..');
