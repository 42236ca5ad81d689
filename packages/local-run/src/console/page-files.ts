/** Serves the files of the console page and of the docs page: HTML, CSS and scripts. */
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PACKAGE_ROOT } from '../package-root';
import { HttpError } from './responses';

const PAGE_FOLDER = path.join(PACKAGE_ROOT, 'src/console/page');

/** Files of the docs page that are in the package swagger-ui-dist. */
const VIEWER_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'];

const requireModule = createRequire(__filename);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
};

/** File names have only letters and dashes, so no path leaves the folder. */
const FILE_NAME = /^[a-z-]+\.[a-z]+$/;

/** @throws HttpError (404) when the page has no such file */
export function servePageFile(pathname: string, response: ServerResponse): void {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const type = CONTENT_TYPES[path.extname(name)];
  const file = VIEWER_FILES.includes(name)
    ? requireModule.resolve(`swagger-ui-dist/${name}`)
    : path.join(PAGE_FOLDER, name);
  if (type === undefined || !FILE_NAME.test(name) || !existsSync(file)) {
    throw new HttpError(404, `There is no ${pathname}.`);
  }
  const content = readFileSync(file);
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
  response.end(content);
}
