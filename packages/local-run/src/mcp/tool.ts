/** The form of a tool, and parts of the schemas of arguments. */
import type { ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { ConsoleClient } from './console-client';

export interface Tool<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** For a person. */
  readonly title: string;
  /** For the agent: what the tool does, and when to use it. */
  readonly description: string;
  readonly input: S;
  readonly annotations: ToolAnnotations;
  /**
   * @returns the result as a JSON value; the server shortens it
   * @throws CallError
   */
  run(console: ConsoleClient, input: z.infer<S>): Promise<unknown>;
}

/** Infers the type of the arguments from the schema. */
export function defineTool<S extends z.ZodObject>(tool: Tool<S>): Tool<S> {
  return tool;
}

/** Hints of a tool that changes nothing. */
export const READS: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };

/** Hints of a tool that overwrites or deletes data of the run. */
export const DESTROYS: ToolAnnotations = { readOnlyHint: false, destructiveHint: true, openWorldHint: false };

export const stackName = z.string().min(1).optional().describe('Name of a stack, as list_routes shows it.');

/** @param maximum of entries in the result */
export function limit(byDefault: number, maximum: number) {
  return z.number().int().min(1).max(maximum).default(byDefault).describe('Maximum of entries in the result.');
}

/** An item, a key, or another map of attributes. */
export function attributes(description: string) {
  return z.record(z.string(), z.record(z.string(), z.unknown())).describe(description);
}
