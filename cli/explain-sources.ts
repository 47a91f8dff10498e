import { Interner } from '@/lib/cluster/projections/interner';
import { projectDocument } from '@/lib/cluster/projections/project-document';
import { projectNamespace } from '@/lib/cluster/projections/project-namespace';
import type { Injector } from '@/lib/core/injection/engine/create-injector';
import { objectAt, textAt } from '@/lib/core/injection/engine/json-types';
import {
  buildNamespaceContext,
  type InjectionFacts,
  type NamespaceContext,
} from '@/lib/core/injection/namespace-context';
import { type InjectorTexts, openInjector } from '@/lib/core/injection/open-injector';
import { type InjectorConfig, parseInjectorConfig } from '@/lib/core/injection/parse-injector-config';
import { parseWebhookConfigurations } from '@/lib/core/injection/parse-webhook-configurations';
import { checkRendering } from '@/lib/core/injection/reality/check-rendering';
import type { DocumentRecord, NamespaceRecord } from '@/lib/core/kube/records';
import { InputError } from './command';
import type { FoundObject, Render } from './explain-manifests';

const CONFIGURATION = 'MutatingWebhookConfiguration';

/** The webhook configurations among objects, as records. */
export function configurationRecords(found: readonly FoundObject[]): readonly DocumentRecord[] {
  const interner = new Interner();
  return found
    .filter(({ object }) => textAt(object, 'kind') === CONFIGURATION)
    .map(({ object }) => projectDocument({ ...object }, CONFIGURATION, interner));
}

/** The namespaces among objects, by name. */
export function namespaceRecords(found: readonly FoundObject[]): ReadonlyMap<string, NamespaceRecord> {
  const interner = new Interner();
  return new Map(
    found
      .filter(({ object }) => textAt(object, 'kind') === 'Namespace')
      .map(({ object }) => projectNamespace({ ...object }, interner))
      .map((record) => [record.name, record]),
  );
}

/** What an injector's texts decide by, as its ConfigMap would say it. Throws an InputError. */
export function settingsOf(texts: InjectorTexts, revision: string): InjectorConfig {
  const parsed = parseInjectorConfig({
    kind: 'ConfigMap',
    name: 'istio-sidecar-injector',
    namespace: '',
    uid: '',
    resourceVersion: '',
    createdAt: '',
    labels: { 'istio.io/rev': revision },
    annotations: {},
    body: { data: { config: texts.config, ...(texts.values === '' ? {} : { values: texts.values }) } },
  });
  if (!parsed.ok) throw new InputError(`the injector's configuration: ${parsed.message}`);
  return parsed.value;
}

/** The facts of a cluster that exists in files: one injector serves every revision that the webhooks name. */
export function factsOf(configurations: readonly DocumentRecord[], texts: InjectorTexts | undefined): InjectionFacts {
  const parsed = parseWebhookConfigurations(configurations);
  const revisions = texts === undefined ? [] : [...new Set(parsed.map(({ revision }) => revision))];
  const injectors = new Map(
    texts === undefined ? [] : revisions.map((revision) => [revision, settingsOf(texts, revision)]),
  );
  return { configurations: parsed, injectors };
}

/** Renders with the injector of a revision; undefined where there is none. Injectors are opened once. */
export function rendererOf(textsOf: (revision: string) => InjectorTexts | undefined): Render {
  const opened = new Map<string, Injector | undefined>();
  return (revision, subject) => {
    if (!opened.has(revision)) {
      const texts = textsOf(revision);
      const made = texts && openInjector({ ...texts, revision });
      if (made?.ok === false) throw new InputError(`the injector of revision ${revision}: ${made.message}`);
      opened.set(revision, made?.value);
    }
    const injector = opened.get(revision);
    return injector && checkRendering(injector, subject);
  };
}

/** The context of a namespace, which has no labels where no file describes it. */
export function contextOf(
  name: string,
  namespaces: ReadonlyMap<string, NamespaceRecord>,
  facts: InjectionFacts,
): NamespaceContext {
  return buildNamespaceContext(name, namespaces.get(name) ?? plainNamespace(name), facts);
}

function plainNamespace(name: string): NamespaceRecord {
  const metadata = { kind: 'Namespace', name, namespace: '', uid: '', resourceVersion: '', createdAt: '' };
  return { ...metadata, labels: {}, annotations: {}, phase: 'Active' };
}

export function namespaceOf({ object }: FoundObject, fallback: string): string {
  return textAt(objectAt(object, 'metadata'), 'namespace') || fallback;
}
