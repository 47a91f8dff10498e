import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Family } from '@/lib/core/capture/rule-types';
import { inside } from './namespaces';

export interface ListeningSocket {
  readonly family: Family;
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly mark?: number;
  readonly transparent?: boolean;
}

/** A process that listens, by name, with the user that the rules see. */
export interface ListenerSpec {
  readonly name: 'proxy' | 'app' | 'outside';
  readonly uid: number;
  readonly gid: number;
  readonly sockets: readonly ListeningSocket[];
}

/** A token that arrived, and where. */
export interface Receipt {
  readonly token: string;
  readonly by: ListenerSpec['name'];
  readonly port: number;
  readonly peer: string;
  readonly local?: readonly [string, number];
  readonly original?: readonly [string, number] | null;
}

export interface SendCommand {
  readonly token: string;
  readonly family: Family;
  readonly protocol: 'tcp' | 'udp';
  readonly destination: string;
  readonly port: number;
  readonly source?: string;
  readonly transparent?: boolean;
  readonly mark?: number;
  readonly uid: number;
  readonly gid: number;
  readonly timeout: number;
}

export interface SendResult {
  readonly token: string;
  readonly result: string;
  readonly source?: string;
  readonly sport?: number;
}

const SCRIPT = join(process.cwd(), 'tests', 'kernel', 'agent.py');

function start(namespace: string, ...args: string[]): ChildProcess {
  return spawn('ip', inside(namespace, 'python3', SCRIPT, ...args), { stdio: ['pipe', 'pipe', 'inherit'] });
}

function linesOf(child: ChildProcess, onLine: (value: unknown) => void): void {
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => onLine(JSON.parse(line)));
}

/** Starts a listener and waits until its sockets are open. Every token that arrives is handed to `onReceipt`. */
export async function startListener(
  namespace: string,
  spec: ListenerSpec,
  onReceipt: (receipt: Receipt) => void,
): Promise<ChildProcess> {
  const child = start(namespace, 'listen', JSON.stringify(spec));
  await new Promise<void>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the ${spec.name} listener ended with ${code}`)));
    linesOf(child, (value) => {
      if (Object.hasOwn(Object(value), 'ready')) resolve();
      else onReceipt(value as Receipt);
    });
  });
  return child;
}

export interface Sender {
  send(command: SendCommand): Promise<SendResult>;
  readonly child: ChildProcess;
}

/** Starts a process that opens connections, each from a child with its own user. */
export function startSender(namespace: string): Sender {
  const child = start(namespace, 'send');
  const waiting = new Map<string, { resolve(result: SendResult): void; reject(error: Error): void }>();
  linesOf(child, (value) => {
    const result = value as SendResult;
    waiting.get(result.token)?.resolve(result);
    waiting.delete(result.token);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the sender ended'));
  });
  return {
    child,
    send(command) {
      return new Promise((resolve, reject) => {
        waiting.set(command.token, { resolve, reject });
        child.stdin?.write(`${JSON.stringify(command)}\n`);
      });
    },
  };
}
