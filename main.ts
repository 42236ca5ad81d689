/** The app: settings, then stacks, then synth. */
import { App } from 'cdktf';
import { ItemsStack } from './stacks/items-stack';
import { ManagerStack } from './stacks/manager-stack';
import { ProductsStack } from './stacks/products-stack';
import { settingsOrExit } from './stacks/settings-or-exit';
import { StateStack } from './stacks/state-stack';

const app = new App();
const context = app.node.getAllContext() as Record<string, unknown>;
const settings = settingsOrExit(context, process.env);

const systems = [new ItemsStack(app, settings), new ManagerStack(app, settings), new ProductsStack(app, settings)];
// What keeps the states of the others; `npm run bootstrap` deploys it.
if (settings.stateBucket !== '') new StateStack(app, settings, systems);

app.synth();
