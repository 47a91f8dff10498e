import { badRequest } from './api-error';
import { type AccessRequest, type DemoUser, isAllowed, rulesOf } from './authorize';
import { isRecord, recordAt, stringAt } from './json-access';
import type { JsonObject } from './object-types';

/** Answers that a user gets about itself. Keyed by `plural.group`. */
export const SELF_REVIEWS: Readonly<Record<string, { readonly kind: string; readonly answer: Review }>> = {
  'selfsubjectaccessreviews.authorization.k8s.io': { kind: 'SelfSubjectAccessReview', answer: reviewAccess },
  'selfsubjectrulesreviews.authorization.k8s.io': { kind: 'SelfSubjectRulesReview', answer: reviewRules },
  'selfsubjectreviews.authentication.k8s.io': { kind: 'SelfSubjectReview', answer: reviewSelf },
};

type Review = (user: DemoUser, body: JsonObject) => JsonObject;

function reviewAccess(user: DemoUser, body: JsonObject): JsonObject {
  const spec = recordAt(body, 'spec');
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (isRecord(resourceAttributes) === isRecord(nonResourceAttributes)) {
    throw badRequest('exactly one of nonResourceAttributes or resourceAttributes must be specified');
  }
  const isOk = isAllowed(user, isRecord(resourceAttributes) ? resourceRequest(resourceAttributes) : pathRequest(spec));
  const reason = `RBAC: allowed by the demo cluster's rules of user "${user.name}"`;
  return { spec, status: isOk ? { allowed: true, reason } : { allowed: false } };
}

function resourceRequest(attributes: JsonObject): AccessRequest {
  const resource = stringAt(attributes, 'resource') ?? '';
  const subresource = stringAt(attributes, 'subresource') ?? '';
  const name = stringAt(attributes, 'name');
  return {
    verb: stringAt(attributes, 'verb') ?? '',
    group: stringAt(attributes, 'group') ?? '',
    resource: subresource === '' ? resource : `${resource}/${subresource}`,
    namespace: stringAt(attributes, 'namespace'),
    ...(name === undefined || name === '' ? {} : { name }),
  };
}

function pathRequest(spec: JsonObject): AccessRequest {
  const attributes = recordAt(spec, 'nonResourceAttributes');
  return { verb: stringAt(attributes, 'verb') ?? '', path: stringAt(attributes, 'path') ?? '' };
}

function reviewRules(user: DemoUser, body: JsonObject): JsonObject {
  const namespace = stringAt(body, 'spec', 'namespace') ?? '';
  if (namespace === '') throw badRequest('no namespace on request');
  const rules = rulesOf(user).filter((rule) => rule.namespaces === undefined || rule.namespaces.includes(namespace));
  const resourceRules = rules
    .filter((rule) => rule.nonResourceURLs === undefined)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs,
      apiGroups,
      resources,
      ...(resourceNames === undefined ? {} : { resourceNames }),
    }));
  const nonResourceRules = rules
    .filter((rule) => rule.nonResourceURLs !== undefined)
    .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }));
  return { spec: {}, status: { resourceRules, nonResourceRules, incomplete: false } };
}

function reviewSelf(user: DemoUser): JsonObject {
  return { status: { userInfo: { username: user.name, groups: user.groups } } };
}
