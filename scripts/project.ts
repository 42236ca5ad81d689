/** Where the project is. */
import path from 'node:path';

/** The project's folder, with cdktf.json. */
export const ROOT = path.join(__dirname, '..');
