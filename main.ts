/** The CDKTF app: reads the settings, bundles the functions, creates the stacks and synthesizes them. */
import { App } from 'cdktf';
import { buildFunctions } from './stacks/build-functions';
import { ItemsStack } from './stacks/items-stack';
import { ManagerStack } from './stacks/manager-stack';
import { ProductsStack } from './stacks/products-stack';
import { runApp } from './stacks/run-app';
import { readSettings } from './stacks/settings';
import { StateStack } from './stacks/state-stack';

const SYSTEMS = [ItemsStack, ManagerStack, ProductsStack];

runApp(async () => {
  const app = new App();
  const settings = readSettings(app.node.getAllContext() as Record<string, unknown>, process.env);
  const bundles = await buildFunctions(SYSTEMS, settings);
  const systems = SYSTEMS.map((System) => new System(app, settings, bundles));
  // `npm run bootstrap` deploys this stack: the bucket for the Terraform states of all stacks.
  if (settings.stateBucket !== '') new StateStack(app, settings, systems);
  app.synth();
});
