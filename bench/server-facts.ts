import { readFileSync } from 'node:fs';
import type { HttpClient } from './http-client';

/** Peak and present resident memory of a process in MB, as the kernel counted. */
export function readMemory(pid: number): { readonly peakMb: number; readonly nowMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { peakMb: field('VmHWM'), nowMb: field('VmRSS') };
}

/** CPU time that a process used so far, in seconds. */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The longest time that the server's event loop was busy with one thing since it started. */
export async function readLongestStallMs(client: HttpClient): Promise<number> {
  const { text } = await client.get('/metrics');
  const seconds = /^sidelight_event_loop_stall_max_seconds (\S+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error('/metrics does not tell the longest stall');
  return Number(seconds) * 1000;
}
