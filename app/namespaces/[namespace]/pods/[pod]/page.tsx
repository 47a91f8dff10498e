import type { Metadata } from 'next';
import { PodPage } from '@/components/pod/pod-page';

interface PageProps {
  readonly params: Promise<{ readonly namespace: string; readonly pod: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { namespace, pod } = await params;
  return { title: `${decodeURIComponent(pod)} · ${decodeURIComponent(namespace)}` };
}

export default async function Page({ params }: PageProps) {
  const { namespace, pod } = await params;
  return <PodPage namespace={decodeURIComponent(namespace)} name={decodeURIComponent(pod)} />;
}
