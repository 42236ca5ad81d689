/**
 * Fixes the names, ids and settings of the three tutorial APIs, as they were before contracts existed. Do not change them: with
 * another name or id, Terraform replaces a table, and its items are lost. `npm run new -- --remove` edits this file.
 */
import type { ApiDeployment } from './api-deployment';
import { items } from './tutorial/items';
import { manager } from './tutorial/manager';
import { products } from './tutorial/products';

export const TUTORIAL_APIS: Readonly<Record<string, ApiDeployment>> = { items, manager, products };
