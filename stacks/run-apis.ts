/** Runs an app: checks its contracts, bundles the functions, and synthesizes a stack for each API and the stack `operations`. */
import { App, TerraformStack } from 'cdktf';
import type { Api } from '../function/contract/api';
import { buildFunctions } from './build-functions';
import { checkApis } from './check-apis';
import { CrudStack } from './crud-stack';
import { hasOperations, OperationsStack } from './operations-stack';
import { removeOtherFormat } from './output-format';
import { refusePreviewNames } from './preview-names';
import { runApp } from './run-app';
import { profileOf, readSettings, type Settings } from './settings';
import { checkStackNames } from './stack-names';
import { checkTogether } from './user-errors';

export interface RunApisOptions {
  /** Adds further stacks before the synth. @default none */
  readonly addStacks?: (app: App, settings: Settings, apis: readonly CrudStack[]) => void;
}

/**
 * Runs the app. When settings, contracts or functions have faults, prints these faults and ends the process with status 1.
 * Settings and contracts are checked first and together, then all functions.
 * @example runApis([orders]);
 */
export function runApis(contracts: readonly Api[], { addStacks }: RunApisOptions = {}): void {
  runApp(async () => {
    const app = new App();
    const context = app.node.getAllContext() as Record<string, unknown>;
    const checked = checkTogether(
      () => {
        const settings = readSettings(context, process.env);
        checkStackNames(settings, contracts);
        return settings;
      },
      () => checkApis(contracts, profileOf(context, process.env)),
    );
    const local = isLocalRun(process.env);
    const settings = local ? { ...checked, domain: '' } : checked;
    const bundles = await buildFunctions(contracts, {
      sdk: settings.sdk,
      // For stack traces and debuggers of the local run. No archive contains a source map.
      sourceMap: local,
      minify: !isInspected(process.env),
    });
    const stacks = contracts.map((contract) => new CrudStack(app, contract, settings, bundles));
    if (hasOperations(settings)) new OperationsStack(app, settings);
    addStacks?.(app, settings, stacks);
    const all = app.node.children.filter((child) => TerraformStack.isStack(child));
    refusePreviewNames(all, settings);
    removeOtherFormat(app, all);
    app.synth();
  });
}

/** Whether the local run executes the app. It serves APIs at its own addresses, so outputs must not have a domain name. */
function isLocalRun({ LOCAL_RUN }: NodeJS.ProcessEnv): boolean {
  return LOCAL_RUN === '1';
}

/** Whether a debugger can attach to the functions: `npm start -- --inspect`. */
function isInspected({ LOCAL_RUN_INSPECT }: NodeJS.ProcessEnv): boolean {
  return LOCAL_RUN_INSPECT === '1';
}
