import type { StructType } from '@/lib/core/gotemplate/values/go-type';
import { MeshTypes } from './mesh-schema';

/** Fields that releases before HEAD have and HEAD has not; a field nobody sets changes nothing. */
const OLD_FIELDS =
  'drainDuration DrainDuration *durationpb.Duration|parentShutdownDuration ParentShutdownDuration *durationpb.Duration|';

function withOldFields(name: string, line: string): string {
  if (name !== 'v1alpha1.ProxyConfig') return line;
  return line.replace('drainDuration DrainDuration *durationpb.Duration|', OLD_FIELDS);
}

const CURRENT = new MeshTypes(withOldFields);

/** In 1.6 the concurrency is a plain number. */
const ISTIO_1_6 = new MeshTypes((name, line) =>
  withOldFields(name, line).replace('concurrency Concurrency *wrapperspb.Int32Value', 'concurrency Concurrency int32'),
);

const typesOf = (minor: number) => (minor <= 6 ? ISTIO_1_6 : CURRENT);

/** The Go type of a proxy config in an Istio release. */
export const proxyConfigType = (minor: number): StructType => typesOf(minor).message('v1alpha1.ProxyConfig');
/** The Go type of a mesh config in an Istio release. */
export const meshConfigType = (minor: number): StructType => typesOf(minor).message('v1alpha1.MeshConfig');

export const MESH_CONFIG = CURRENT.message('v1alpha1.MeshConfig');
