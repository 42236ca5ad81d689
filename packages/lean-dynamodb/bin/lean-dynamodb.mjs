#!/usr/bin/env node
import { createJiti } from 'jiti';

const { main } = await createJiti(import.meta.url).import('../src/cli.ts');
process.exitCode = main(process.argv.slice(2));
