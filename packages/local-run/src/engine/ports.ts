/** Chooses the port of each API, and remembers it: an API keeps its port when stacks are added, removed or renamed. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Highest port of TCP. */
const MAX_PORT = 65_535;

/** Ports by API, by the first port of a run (`--port`). */
type RememberedPorts = Record<string, Record<string, number>>;

export class Ports {
  private readonly remembered: RememberedPorts;
  private readonly current: Record<string, number>;

  /**
   * @param first port of the first API. 0: any free ports
   * @param file remembers the ports between runs @default they are remembered until the run ends
   */
  constructor(
    private readonly first: number,
    private readonly file?: string,
  ) {
    this.remembered = file === undefined ? {} : readPorts(file);
    this.current = this.remembered[String(first)] ??= {};
  }

  /**
   * @param api identifies the API: its stack and Terraform address
   * @returns the API's port of earlier runs; for a new API the lowest port that no other API has. 0: any free port
   */
  portOf(api: string): number {
    if (this.first === 0) return 0;
    const known = this.current[api];
    if (known !== undefined) return known;
    const taken = new Set(Object.values(this.current));
    let port = this.first;
    while (taken.has(port)) port += 1;
    if (port > MAX_PORT) return 0;
    this.current[api] = port;
    this.write();
    return port;
  }

  /** Does nothing when the folder is not writable: the run then starts, and a later run chooses the ports anew. */
  private write(): void {
    const { file, remembered } = this;
    if (file === undefined) return;
    const temporary = `${file}.${process.pid}`;
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(temporary, `${JSON.stringify(remembered, null, 2)}\n`);
      renameSync(temporary, file);
    } catch {
      // For example a read-only checkout.
    }
  }
}

/** @returns no ports when the file is missing or damaged */
function readPorts(file: string): RememberedPorts {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isRememberedPorts(content) ? content : {};
  } catch {
    return {};
  }
}

function isRememberedPorts(content: unknown): content is RememberedPorts {
  const isObject = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const isPort = (value: unknown) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= MAX_PORT;
  return (
    isObject(content) && Object.values(content).every((ports) => isObject(ports) && Object.values(ports).every(isPort))
  );
}
