/**
 * A connection of Terraform to a provider. Terraform opens one for each provider block and each walk through the configuration:
 * validation, plan, apply.
 */
import { createHash } from 'node:crypto';
import { DEFAULT_SETTINGS, type Settings } from './settings';

export class Connection {
  private configured = DEFAULT_SETTINGS;
  /** How often each configuration occurred in this walk. */
  private readonly occurrences = new Map<string, number>();
  private planned = 0;
  private read = 0;

  get settings(): Settings {
    return this.configured;
  }

  /** How many resources Terraform planned. */
  get resources(): number {
    return this.planned;
  }

  /** How many data sources Terraform read. */
  get dataSources(): number {
    return this.read;
  }

  /** Begins a walk with the settings of its provider block. */
  begin(settings: Settings): void {
    this.configured = settings;
    this.occurrences.clear();
    this.planned = 0;
    this.read = 0;
  }

  countResource(): void {
    this.planned++;
  }

  countDataSource(): void {
    this.read++;
  }

  /**
   * Equal configurations get the same seeds in each walk, in the order of the calls.
   * @param config the configuration of one resource, wholly known
   */
  nextSeed(type: string, config: unknown): string {
    const key = createHash('sha256')
      .update(JSON.stringify([type, this.settings.region, config]))
      .digest('base64url');
    const occurrence = this.occurrences.get(key) ?? 0;
    this.occurrences.set(key, occurrence + 1);
    return `${key} ${occurrence}`;
  }
}
