import { CONTAINER } from '@/lib/core/gotemplate/schema/kubernetes-schema';
import { descriptorOf, enumNamesOf, messageField } from '@/lib/core/gotemplate/schema/mesh-schema';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { NONE, type Value } from '@/lib/core/gotemplate/values/go-value';
import { structField } from './container-ports';
import type { Args } from './define';

const ANNOTATION = 'resource.opentelemetry.io/';

/** A field of a message by its JSON name; none of a nil message. */
function fieldNamed(message: Value, json: string): Value {
  const struct = message.kind === 'pointer' ? message.target : message;
  if (struct?.kind !== 'struct') return NONE;
  const field = descriptorOf(struct.type)?.fields.find((known) => known.json === json);
  return field === undefined ? NONE : messageField(struct, field);
}

function asksForAttributes(meshConfig: Value): boolean {
  const providers = fieldNamed(meshConfig, 'extensionProviders');
  return (providers.kind === 'slice' ? (providers.items ?? []) : []).some((provider) => {
    const enrichment = fieldNamed(fieldNamed(provider, 'opentelemetry'), 'serviceAttributeEnrichment');
    if (enrichment.kind !== 'int') return false;
    return enumNamesOf(enrichment.type)?.get(enrichment.int) === 'OTEL_SEMANTIC_CONVENTIONS';
  });
}

/** An entry of a map[string]string; empty when absent. */
function entryOf(map: Value, key: string): ByteString {
  const found = map.kind === 'map' ? map.entries?.get(key) : undefined;
  return found?.kind === 'string' ? found.text : '';
}

function versionOfImage(image: ByteString): ByteString {
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(':');
  const tag = colon > name.lastIndexOf('/') ? name.slice(colon + 1) : '';
  return [tag, digest].filter((part) => part !== '').join('@');
}

const textField = (container: Value | undefined, name: string) => {
  const field = container === undefined ? NONE : structField(container, CONTAINER, name);
  return field.kind === 'string' ? field.text : '';
};

/** The value of OTEL_RESOURCE_ATTRIBUTES. Source: Istio, pkg/kube/inject/template.go, otelResourceAttributes. */
export function otelAttributes(args: Args): ByteString {
  if (!asksForAttributes(args.value(0))) return '';
  const [annotations, labels, namespace, list] = [args.value(1), args.value(2), args.text(3), args.value(4)];
  const containers = list.kind === 'slice' ? (list.items ?? []) : [];
  const [first] = containers;
  const annotated = (name: string) => entryOf(annotations, ANNOTATION + name);
  const image = containers.length === 1 ? versionOfImage(textField(first, 'Image')) : '';
  const instance = first === undefined ? '' : `${namespace}.$(POD_NAME).${textField(first, 'Name')}`;
  const attributes: readonly (readonly [string, ByteString])[] = [
    ['service.namespace', annotated('service.namespace') || namespace],
    ['service.version', annotated('service.version') || entryOf(labels, 'app.kubernetes.io/version') || image],
    ['service.instance.id', annotated('service.instance.id') || instance],
  ];
  return attributes
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
