import Link from 'next/link';
import { namespaceHref, workloadHref } from '@/lib/api/hrefs';

interface ObjectLinkProps {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function toHref({ kind, namespace, name }: ObjectLinkProps): string {
  if (kind === 'Namespace') return namespaceHref(name);
  if (kind === 'ControlPlane') return '/control-planes';
  return workloadHref(namespace, kind, name);
}

/** An object by place and name, leading to its page. A ReplicaSet or Job leads to its namespace, which has what owns it. */
export function ObjectLink(object: ObjectLinkProps) {
  const { kind, namespace, name } = object;
  const isOwned = kind === 'ReplicaSet' || (kind === 'Job' && name.includes('-'));
  return (
    <Link
      href={isOwned ? namespaceHref(namespace) : toHref(object)}
      className="mono break-all hover:underline"
      prefetch={false}
    >
      {kind === 'Namespace' || kind === 'ControlPlane' ? name : `${namespace}/${name}`}
    </Link>
  );
}
