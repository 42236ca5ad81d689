/**
 * Names, ids and settings that the three systems of the tutorials have had from the start. Terraform identifies resources by
 * them: another name or id would replace a table and lose its items. `npm run new -- --remove` edits this file.
 */
import type { ApiDeployment } from './api-deployment';
import { items } from './tutorial/items';
import { manager } from './tutorial/manager';
import { products } from './tutorial/products';

export const TUTORIAL_APIS: Readonly<Record<string, ApiDeployment>> = { items, manager, products };
