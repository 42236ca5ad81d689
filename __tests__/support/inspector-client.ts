/** A debugger: attaches to the instances of a local run through the inspector protocol of Node.js, as VS Code and Chrome do. */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import WebSocket from 'ws';

type Parameters = Readonly<Record<string, unknown>>;

/** A message of the inspector: a response with an id, or an event with a method. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: Parameters;
  readonly error?: { readonly message: string };
}

/** A function's instance that is paused at a breakpoint. */
export interface Pause {
  readonly session: WorkerSession;
  /** The original file and line of the innermost frame. */
  readonly file: string;
  readonly line: number;
  readonly callFrameId: string;
}

interface Script {
  readonly scriptId: string;
  /** Path of the compiled file. */
  readonly file: string;
}

/** The debugger's connection to one instance. */
export class WorkerSession {
  /** The compiled handlers that the instance has loaded. */
  readonly scripts: Script[] = [];
  private nextId = 1;
  private readonly pending = new Map<number, (message: Message) => void>();

  constructor(
    private readonly write: (message: string) => void,
    private readonly onPause: (pause: Pause) => void,
  ) {}

  /** @throws Error that the inspector answers */
  async call(method: string, params: Parameters = {}): Promise<Parameters> {
    const id = this.nextId++;
    const { result = {}, error } = await new Promise<Message>((resolve) => {
      this.pending.set(id, resolve);
      this.write(JSON.stringify({ id, method, params }));
    });
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  receive({ id, method, params = {} }: Message, message: Message): void {
    if (id !== undefined) this.pending.get(id)?.(message);
    else if (method === 'Debugger.scriptParsed') this.addScript(params);
    else if (method === 'Debugger.paused') this.pause(params);
  }

  private addScript({ scriptId, url, sourceMapURL }: Parameters): void {
    if (typeof url !== 'string' || typeof sourceMapURL !== 'string' || sourceMapURL === '') return;
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    if (file.includes('/functions/')) this.scripts.push({ scriptId: String(scriptId), file });
  }

  private pause({ callFrames }: Parameters): void {
    const [frame] = callFrames as [
      { callFrameId: string; location: { scriptId: string; lineNumber: number; columnNumber: number } },
    ];
    const script = this.scripts.find(({ scriptId }) => scriptId === frame.location.scriptId);
    const { lineNumber, columnNumber } = frame.location;
    const origin = script && sourceMapOf(script.file).findOrigin(lineNumber + 1, columnNumber + 1);
    const known = origin && 'fileName' in origin ? origin : { fileName: '', lineNumber: 0 };
    this.onPause({
      session: this,
      file: known.fileName.startsWith('file:') ? fileURLToPath(known.fileName) : known.fileName,
      line: known.lineNumber,
      callFrameId: frame.callFrameId,
    });
  }
}

export class InspectorClient {
  readonly sessions = new Map<string, WorkerSession>();
  private readonly pauses: Pause[] = [];
  private waiting: ((pause: Pause) => void)[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.handle(JSON.parse(data.toString()) as Message));
  }

  /** Connects, and attaches to all current and later instances. */
  static async connect(url: string): Promise<InspectorClient> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const client = new InspectorClient(socket);
    socket.send(JSON.stringify({ id: 1, method: 'NodeWorker.enable', params: { waitForDebuggerOnStart: false } }));
    return client;
  }

  /** The instances that have loaded a handler. */
  get instances(): WorkerSession[] {
    return [...this.sessions.values()].filter(({ scripts }) => scripts.length > 0);
  }

  /** The next instance that pauses. */
  nextPause(): Promise<Pause> {
    const pause = this.pauses.shift();
    return pause ? Promise.resolve(pause) : new Promise((resolve) => this.waiting.push(resolve));
  }

  close(): void {
    this.socket.terminate();
  }

  private handle({ method, params = {} }: Message): void {
    const sessionId = String(params['sessionId']);
    if (method === 'NodeWorker.attachedToWorker') this.attach(sessionId);
    else if (method === 'NodeWorker.detachedFromWorker') this.sessions.delete(sessionId);
    else if (method === 'NodeWorker.receivedMessageFromWorker') {
      const message = JSON.parse(String(params['message'])) as Message;
      this.sessions.get(sessionId)?.receive(message, message);
    }
  }

  private attach(sessionId: string): void {
    const write = (message: string) =>
      this.socket.send(
        JSON.stringify({ id: 1, method: 'NodeWorker.sendMessageToWorker', params: { sessionId, message } }),
      );
    const session = new WorkerSession(write, (pause) => {
      const next = this.waiting.shift();
      if (next) next(pause);
      else this.pauses.push(pause);
    });
    this.sessions.set(sessionId, session);
    // An instance may end before it answers.
    void session.call('Debugger.enable').catch(() => undefined);
  }
}

/**
 * Sets a breakpoint in a TypeScript file.
 * @param source path of the file, from the root of the project
 * @param line the first line is 1
 * @throws Error when the instance has no code of this line
 */
export async function setBreakpoint(session: WorkerSession, source: string, line: number): Promise<void> {
  for (const { scriptId, file } of session.scripts) {
    const position = compiledPosition(file, source, line);
    if (!position) throw new Error(`${file} has no code of ${source}:${line}.`);
    await session.call('Debugger.setBreakpoint', { location: { scriptId, ...position } });
  }
}

/** Finds the first position in the compiled file that belongs to a line of the source. */
function compiledPosition(file: string, source: string, line: number) {
  const map = sourceMapOf(file);
  const text = readFileSync(file, 'utf8').split('\n');
  for (const [lineNumber, content] of text.entries()) {
    for (let columnNumber = 0; columnNumber < content.length; columnNumber += 1) {
      const origin = map.findEntry(lineNumber, columnNumber);
      if (!('originalSource' in origin) || origin.originalLine !== line - 1) continue;
      if (origin.originalSource.endsWith(path.posix.join('/', source))) return { lineNumber, columnNumber };
    }
  }
  return undefined;
}

function sourceMapOf(file: string): SourceMap {
  return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
}
