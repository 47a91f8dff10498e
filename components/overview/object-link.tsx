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

/** An object by place and name, leading to its page. */
export function ObjectLink(object: ObjectLinkProps) {
  const { kind, namespace, name } = object;
  return (
    <Link href={toHref(object)} title={kind} className="mono break-all hover:underline" prefetch={false}>
      {kind === 'Namespace' || kind === 'ControlPlane' ? name : `${namespace}/${name}`}
    </Link>
  );
}
