// Answers Terraform's `external` data source: a JSON object on standard input and on standard output.
import { readFileSync } from 'node:fs';

const { file } = JSON.parse(readFileSync(0, 'utf8'));
const { version } = JSON.parse(readFileSync(file, 'utf8'));
process.stdout.write(JSON.stringify({ version }));
