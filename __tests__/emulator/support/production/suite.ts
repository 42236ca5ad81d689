/** What the steps of production.test.ts share. It exists after `beforeAll`. */
import type { Suite } from '../suite';
import type { UserPool } from './identities';

export interface ProductionSuite extends Suite {
  /** The emulator's URL. */
  readonly endpoint: string;
  readonly pool: UserPool;
  /** Deploys the reviewed plan as the pipeline does. @returns what deploy printed */
  readonly deployReviewed: (settings?: Record<string, string>) => Promise<string>;
  /** The host of an API: its domain name. @param api the name of the stack */
  readonly hostOf: (api: string) => string;
  /** The API key of the REST API. It exists after the deployment. */
  readonly apiKey: () => string;
}
