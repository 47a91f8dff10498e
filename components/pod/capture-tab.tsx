'use client';
import { CaptureView } from '@/components/capture/capture-view';
import { Block } from '@/components/shared/block';
import { useResource } from '@/components/shared/use-resource';
import { captureAnswerSchema } from '@/lib/api/capture';
import { captureEvidenceAnswerSchema } from '@/lib/api/capture-evidence';
import { POD_KINDS, type TabProps } from './tab-props';

export function CaptureTab({ path, namespace }: TabProps) {
  const data = useResource(`${path}/capture`, captureAnswerSchema, POD_KINDS, { namespace });
  const evidence = useResource(`${path}/capture/evidence`, captureEvidenceAnswerSchema, POD_KINDS, { namespace });
  const known = evidence.status === 'ready' ? evidence.value : null;
  return <Block data={data}>{(answer) => <CaptureView answer={answer} evidence={known} path={path} />}</Block>;
}
