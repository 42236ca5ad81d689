/** Creates the printer for a log format. */
import { JsonPrinter } from './json';
import type { LogFormat, Printer, PrinterOptions } from './printer';
import { TextPrinter } from './text';

export function createPrinter(format: LogFormat, options: PrinterOptions): Printer {
  return format === 'json' ? new JsonPrinter(options) : new TextPrinter(options);
}
