import {
  Boxes,
  CircleAlert,
  GitFork,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  Syringe,
  Waypoints,
} from 'lucide-react';

export interface FramePage {
  readonly id: 'overview' | 'namespaces' | 'graph' | 'problems' | 'controlPlanes' | 'inject' | 'settings';
  readonly href: string;
  readonly icon: LucideIcon;
}

/** The pages that exist, in the order of the rail; the palette offers the same. */
export const PAGES: readonly FramePage[] = [
  { id: 'overview', href: '/', icon: LayoutDashboard },
  { id: 'namespaces', href: '/namespaces', icon: Boxes },
  { id: 'graph', href: '/graph', icon: Waypoints },
  { id: 'problems', href: '/problems', icon: CircleAlert },
  { id: 'controlPlanes', href: '/control-planes', icon: GitFork },
  { id: 'inject', href: '/inject', icon: Syringe },
  { id: 'settings', href: '/settings', icon: Settings },
];

export const isCurrentPage = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
