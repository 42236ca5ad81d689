/** The app: the APIs that are deployed. */
import { items } from './function/items/contract';
import { manager } from './function/manager/contract';
import { products } from './function/products/contract';
import { runApis } from './stacks/run-apis';
import { StateStack } from './stacks/state-stack';

const APIS = [items, manager, products];

runApis(APIS, {
  addStacks: (app, settings, stacks) => {
    // The bucket with the states of the other stacks. `npm run bootstrap` deploys it.
    if (settings.stateBucket !== '') new StateStack(app, settings, stacks);
  },
});
