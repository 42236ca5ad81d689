/** Turns the suite's copy of the project into a project with the two APIs of contracts.ts, for the profile `production`. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { definitions } from '../../../../stacks/settings';
import { editFile } from '../edit-file';
import { type Environment, ROOT } from '../run';

const CONTRACTS = '__tests__/emulator/support/production/contracts.ts';

/** The start of the domain names: `doors.api.example.com`. */
export const DOMAIN = 'api.example.com';

/** The stacks that the pipeline deploys. */
export const STACKS = ['doors', 'vaults', 'operations'];

/** @returns the settings of all commands. A variable without a value counts as unset, so the profile's default applies. */
export function productionSettings(hostedZone: string): Environment {
  const unset = Object.values(definitions).map(({ variable }) => [variable, ''] as const);
  return {
    ...Object.fromEntries(unset),
    PROFILE: 'production',
    ALARM_EMAIL: 'operations@example.com',
    MONTHLY_BUDGET_USD: '50',
    RESERVED_CONCURRENCY: '10',
    DOMAIN,
    HOSTED_ZONE: hostedZone,
  };
}

/** Replaces the APIs of the project. */
export function installContracts(): void {
  for (const part of [CONTRACTS, '__tests__/support/gates'])
    cpSync(path.join(__dirname, '../../../..', part), path.join(ROOT, part), { recursive: true });
  editFile('main.ts', /^import \{ \w+ \} from '\.\/function\/.+\n/gm, '');
  editFile(
    'main.ts',
    /^const APIS = .+\n/m,
    `import { doors, vaults } from './${CONTRACTS.replace('.ts', '')}';\nconst APIS = [doors, vaults];\n`,
  );
}

/** Changes a contract of the copy. */
export function editContracts(from: string | RegExp, to: string): void {
  editFile(CONTRACTS, from, to);
}
