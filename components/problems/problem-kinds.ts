import { NAMESPACE_KINDS } from '@/components/injection/namespace-kinds';

/** Kinds whose change moves what is wrong: those of namespaces, and those that tell of control planes. */
export const PROBLEM_KINDS = [...NAMESPACE_KINDS, 'services', 'endpointslices'] as const;
