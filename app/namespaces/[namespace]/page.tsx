import type { Metadata } from 'next';
import { NamespacePage } from '@/components/injection/namespace-page';

interface PageProps {
  readonly params: Promise<{ readonly namespace: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).namespace) };
}

export default async function Page({ params }: PageProps) {
  return <NamespacePage name={decodeURIComponent((await params).namespace)} />;
}
