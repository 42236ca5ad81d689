/** What Lambda itself logs of a function's invocations; of those that go well only when all is wanted. */
import type { FunctionDeployment } from '../../model/deployment';
import { InvocationError } from './errors';
import { endLines, initTimeoutLine, startLine } from './log';

export interface PlatformLogOptions {
  /** Logs START, END and REPORT of every invocation, not only what failed. @default false */
  readonly platformLog?: boolean;
  /** Gets each line, and the id of the invocation that it is of. */
  readonly onLog: (line: string, requestId?: string) => void;
}

export class PlatformLog {
  constructor(
    private readonly deployment: Pick<FunctionDeployment, 'logFormat' | 'memoryMb'>,
    private readonly options: PlatformLogOptions,
  ) {}

  start(requestId: string): void {
    if (this.options.platformLog) this.options.onLog(startLine(this.deployment.logFormat, requestId), requestId);
  }

  end(requestId: string, milliseconds: number, error?: unknown, initMilliseconds?: number): void {
    const { platformLog = false, onLog } = this.options;
    if (error === undefined && !platformLog) return;
    const { logFormat, memoryMb } = this.deployment;
    const failure = error instanceof InvocationError ? error : undefined;
    const report = { requestId, milliseconds, initMilliseconds, memoryMb, error: failure };
    for (const line of endLines(logFormat, report, !platformLog)) onLog(line, requestId);
  }

  initTimeout(milliseconds: number): void {
    this.options.onLog(initTimeoutLine(this.deployment.logFormat, milliseconds));
  }
}
