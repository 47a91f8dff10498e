import { readDeleteOptions } from './delete-options';
import type { Answer } from './http-exchange';
import { listObjects } from './list-objects';
import type { DeleteOptions } from './plan-delete';
import { renderList } from './render-objects';
import { type ResourceContext, refOf, resourceOf, writeOptionsOf } from './resource-context';
import { answerWith, requireObject } from './write-objects';

/** DELETE of one object: the object while something still holds it, else a Status, as on the real server. */
export async function deleteObject(context: ResourceContext): Promise<Answer> {
  const { row } = context;
  const options = await readDeleteOptions(context);
  const current = requireObject(context);
  const last = await context.admission.deleteWithAdmission(
    resourceOf(context),
    refOf(context),
    optionsOf(context, options),
  );
  const isHeld = last.metadata.deletionTimestamp !== undefined;
  // Pods are always answered with the pod itself, whether or not it is gone already.
  if (isHeld || row.deletion === 'graceful') return answerWith(context, last);
  const details = {
    name: current.metadata.name,
    ...(row.group === '' ? {} : { group: row.group }),
    kind: row.plural,
    uid: current.metadata.uid,
  };
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  return { status: 200, body, warnings: context.warnings };
}

function optionsOf(context: ResourceContext, options: DeleteOptions) {
  const { user, onWarning, version } = writeOptionsOf(context);
  return {
    ...options,
    ...(user === undefined ? {} : { user }),
    ...(onWarning === undefined ? {} : { onWarning }),
    ...(version === undefined ? {} : { version }),
  };
}

export async function deleteCollection(context: ResourceContext): Promise<Answer> {
  const { row, request, store, query, admission } = context;
  const options = optionsOf(context, await readDeleteOptions(context));
  const { items } = listObjects(store, row, request.namespace, query);
  for (const object of items) {
    if (store.get(resourceOf(context), object.metadata) !== undefined) {
      await admission.deleteWithAdmission(resourceOf(context), object.metadata, options);
    }
  }
  const metadata = { resourceVersion: String(store.resourceVersion) };
  return {
    status: 200,
    body: renderList(row, request.version, items, metadata, context.rendering),
    warnings: context.warnings,
  };
}
