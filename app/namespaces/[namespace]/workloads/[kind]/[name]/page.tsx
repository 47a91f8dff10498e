import type { Metadata } from 'next';
import { WorkloadPage } from '@/components/injection/workload-page';

interface PageProps {
  readonly params: Promise<{ readonly namespace: string; readonly kind: string; readonly name: string }>;
}

async function read({ params }: PageProps) {
  const { namespace, kind, name } = await params;
  return {
    namespace: decodeURIComponent(namespace),
    kind: decodeURIComponent(kind),
    name: decodeURIComponent(name),
  };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { namespace, kind, name } = await read(props);
  return { title: `${kind} ${name} · ${namespace}` };
}

export default async function Page(props: PageProps) {
  return <WorkloadPage {...(await read(props))} />;
}
