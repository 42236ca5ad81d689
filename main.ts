/** The app: synthesizes a stack for each API in `APIS`, the stack `operations`, and the stack `state`. */
import { items } from './function/items/contract';
import { manager } from './function/manager/contract';
import { products } from './function/products/contract';
import { runApis } from './stacks/run-apis';
import { StateStack } from './stacks/state-stack';

const APIS = [items, manager, products];

runApis(APIS, {
  addStacks: (app, settings) => {
    // The S3 bucket for the Terraform states of all stacks. `npm run bootstrap` deploys it.
    if (settings.stateBucket !== '') new StateStack(app, settings);
  },
});
