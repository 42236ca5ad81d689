/** Whether `npm run migrate` changed this project. Then the tests of the migrations have nothing to migrate. */
import { dependencies } from '../../package.json';
import { MIGRATIONS } from '../../scripts/migrate/migrations';

const provider = (dependencies as Readonly<Record<string, string>>)['@cdktf/provider-aws'];

export const MIGRATED =
  provider === undefined || provider === MIGRATIONS['provider-6']?.packages['@cdktf/provider-aws']?.version;
