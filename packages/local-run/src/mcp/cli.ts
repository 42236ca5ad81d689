/** The command `local-run mcp`. Standard output belongs to the protocol; messages for a person go to standard error. */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { HELP, McpUsageError, readMcpArguments } from './arguments';
import { ConsoleClient } from './console-client';
import { createMcpServer } from './server';

async function main(): Promise<void> {
  const options = readMcpArguments(process.argv.slice(3));
  if (!options) {
    process.stdout.write(HELP);
    return;
  }
  // The client ends the server by closing standard input.
  process.stdin.once('end', () => process.exit(0));
  await createMcpServer(new ConsoleClient(options)).connect(new StdioServerTransport());
}

main().catch((error: unknown) => {
  if (!(error instanceof McpUsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
