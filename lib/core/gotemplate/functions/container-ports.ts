import { CONTAINER, KUBERNETES } from '@/lib/core/gotemplate/schema/kubernetes-schema';
import type { StructType } from '@/lib/core/gotemplate/values/go-type';
import { NONE, type Value } from '@/lib/core/gotemplate/values/go-value';

const PORT = KUBERNETES.struct('v1.ContainerPort');

/** A field of a struct by its Go name. */
export function structField(value: Value, type: StructType, name: string): Value {
  if (value.kind !== 'struct') return NONE;
  return value.data.field(type.fields.findIndex((field) => field.name === name));
}

const itemsOf = (value: Value) => (value.kind === 'slice' ? (value.items ?? []) : []);
const textOf = (value: Value) => (value.kind === 'string' ? value.text : '');

/** The TCP container ports of containers, joined by commas. Source: Istio, pkg/kube/inject/template.go, getContainerPorts. */
export function listPorts(containers: Value, isAsked: (name: string) => boolean): string {
  const asked = itemsOf(containers).filter((container) => isAsked(textOf(structField(container, CONTAINER, 'Name'))));
  const ports = asked.flatMap((container) => itemsOf(structField(container, CONTAINER, 'Ports')));
  const streams = ports.filter((port) => !['UDP', 'SCTP'].includes(textOf(structField(port, PORT, 'Protocol'))));
  const numbers = streams.map((port) => structField(port, PORT, 'ContainerPort'));
  return numbers.map((number) => (number.kind === 'int' ? String(number.int) : '0')).join(',');
}
