import { Box, Cloud, Cog, Server, Waypoints } from 'lucide-react';
import type { ListeningProcess } from '@/lib/api/pod-ports';

const ICON = { application: Box, envoy: Waypoints, 'pilot-agent': Cog, ztunnel: Cloud, istiod: Server } as const;
const NAME: Readonly<Record<ListeningProcess, string>> = {
  application: '',
  envoy: 'Envoy',
  'pilot-agent': 'pilot-agent',
  ztunnel: 'ztunnel',
  istiod: 'istiod',
};

interface ProcessNameProps {
  readonly process: ListeningProcess;
  readonly container: string;
}

/** A process by icon and name; an application goes by its container's name. */
export function ProcessName({ process, container }: ProcessNameProps) {
  const Icon = ICON[process];
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Icon aria-hidden="true" size={14} className={process === 'application' ? 'text-ink-3' : 'text-state-injected'} />
      <span className={process === 'application' ? 'mono truncate' : ''}>{NAME[process] || container}</span>
    </span>
  );
}
