/** Makes the stack of one API from its contract: resources, their names and tags, and where Terraform keeps the state. */
import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import { AwsStack } from '../constructs/aws-stack';
import { Canary, MAX_APPLICATION_CHARACTERS } from '../constructs/canary';
import { CrudApi } from '../constructs/crud-api';
import type { CrudApiProps } from '../constructs/crud-api-props';
import { keyArnOf } from '../constructs/encryption';
import { Monitoring, type MonitoringProps } from '../constructs/monitoring/monitoring';
import { MAX_NAME_CHARACTERS } from '../constructs/nodejs-function';
import { shortName } from '../constructs/short-name';
import { TableBackup } from '../constructs/table-backup';
import type { Api } from '../function/contract/api';
import type { NameParts } from './api-deployment';
import { deploymentOf } from './api-names';
import { authorizerBundlesOf, type Bundles, bundleOf } from './build-functions';
import { PREDEFINED } from './canary-configs';
import { apiProps, monitoringProps } from './construct-props';
import { keysOf } from './encryption';
import { keepState } from './keep-state';
import { domainName, resourceName } from './names';
import { openWritingWarnings } from './open-routes';
import type { Settings } from './settings';
import { tagsOf } from './tags';

type MonitoredNames = Pick<MonitoringProps, 'service' | 'apiName' | 'tableName' | 'tableAlarmsStart' | 'keyArn'>;

export class CrudStack extends AwsStack {
  /** The API with all its resources. */
  readonly api: CrudApi;

  /**
   * @param contract the contract of the API; its name becomes the name of the stack
   * @param bundles the bundles from `buildFunctions`
   * @example new CrudStack(app, orders, settings, bundles)
   */
  constructor(scope: Construct, contract: Api, settings: Settings, bundles: Bundles) {
    super(scope, contract.name, { region: settings.region, tags: tagsOf(settings) });
    keepState(this, settings);
    const { names, examples, functionPerRoute = true, ...rest } = deploymentOf(contract);
    const nameOf = ([start, end]: NameParts) => resourceName(settings, start, end);
    // The name without the setting `tableNames`. Alarms and backups have it: a vault with backups cannot be replaced.
    const ownTableName = nameOf(names.table);
    const tableName = ofStack(settings.tableNames, contract) ?? ownTableName;
    const keys = keysOf(this, settings, nameOf(names.api));
    const keyArn = keyArnOf(keys.encryption);
    this.api = new CrudApi(this, 'crud-api', {
      contract,
      bundle: bundleOf(contract, bundles),
      authorizerBundles: authorizerBundlesOf(contract, bundles),
      tableName,
      functionName: nameOf(names.function),
      roleName: nameOf(names.role),
      apiName: nameOf(names.api),
      apiKeyName: nameOf(names.apiKey),
      apiKeys: ofStack(settings.apiKeys, contract),
      usagePlanName: nameOf(names.usagePlan),
      ...apiProps(settings),
      ...keys,
      ...domainOf(contract, settings),
      functionPerRoute: functionPerRoute && settings.functionPerRoute,
      ...rest,
      ...(examples && { examples: examples(tableName) }),
    });
    if (settings.profile === 'production') {
      for (const warning of openWritingWarnings(contract)) Annotations.of(this).addWarning(warning);
    }
    if (settings.alarmEmail !== '') {
      const monitoring = this.createMonitoring(settings, {
        service: contract.name,
        apiName: nameOf(names.api),
        tableName,
        tableAlarmsStart: ownTableName,
        keyArn,
      });
      if (settings.canary !== 'NONE') this.createCanary(settings, nameOf(names.api), nameOf(names.role), monitoring);
    }
    if (settings.backup) {
      const { permissionsBoundary } = settings;
      new TableBackup(this, 'backup', {
        name: `${ownTableName}-backup`,
        table: this.api.table,
        keyArn,
        permissionsBoundary,
      });
    }
  }

  private createMonitoring(settings: Settings, names: MonitoredNames): Monitoring {
    const { apiName } = names;
    return new Monitoring(this, 'monitoring', {
      ...names,
      api: this.api,
      topicName: `${apiName}-alarms`,
      dashboardName: `${apiName}-${settings.region}`,
      ...monitoringProps(settings),
    });
  }

  private createCanary(settings: Settings, apiName: string, roleName: string, { apiAlarms }: Monitoring): void {
    new Canary(this, 'canary', {
      applicationName: shortName(apiName, MAX_APPLICATION_CHARACTERS),
      roleName: shortName(`${roleName}-canary`, MAX_NAME_CHARACTERS),
      permissionsBoundary: settings.permissionsBoundary,
      config: PREDEFINED + settings.canary,
      functions: this.api.allFunctions,
      alarmsOf: (target) => apiAlarms.alarmsOf(target),
    });
  }
}

/** The value of a setting for the stack of a contract. @returns undefined when the setting does not name the stack */
function ofStack<T>(setting: Readonly<Record<string, T>>, { name }: Api): T | undefined {
  return Object.hasOwn(setting, name) ? setting[name] : undefined;
}

/** @returns no properties when the setting `domain` is empty */
function domainOf({ name }: Api, settings: Settings): Partial<CrudApiProps> {
  if (settings.domain === '') return {};
  return { domainName: domainName(settings, name), hostedZoneId: settings.hostedZone };
}
