import { badRequest, invalid, type StatusCause } from './api-error';
import type { Authorizer } from './authorize';
import type { DemoUser } from './bound-rules';
import { isRecord, recordAt, stringAt, stringsAt } from './json-access';
import type { JsonObject } from './object-types';
import type { AccessRequest } from './policy-rule';
import { invalidValue } from './validate-names';

/** The fields that a review has; what a client sends beside them is dropped with a warning. */
export interface Shape {
  readonly [field: string]: Shape | 'any';
}

interface Asked {
  readonly authorizer: Authorizer;
  readonly user: DemoUser;
  /** Of the request's path. */
  readonly namespace: string | undefined;
  readonly spec: JsonObject;
}

interface ReviewKind {
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shape: Shape;
  /** Reviews of access are tracked in managedFields like objects, though nobody keeps them. */
  readonly isTracked: boolean;
  readonly answer: (asked: Asked) => JsonObject;
}

const ATTRIBUTES: Shape = {
  resourceAttributes: {
    namespace: 'any',
    verb: 'any',
    group: 'any',
    version: 'any',
    resource: 'any',
    subresource: 'any',
    name: 'any',
    fieldSelector: 'any',
    labelSelector: 'any',
  },
  nonResourceAttributes: { path: 'any', verb: 'any' },
};
const SUBJECT: Shape = { ...ATTRIBUTES, user: 'any', groups: 'any', extra: 'any', uid: 'any' };

const accessReview = (kind: string, spec: Shape, answer: ReviewKind['answer'], namespaced = false): ReviewKind => ({
  kind,
  namespaced,
  shape: { spec },
  isTracked: true,
  answer,
});

/** Questions about rights, answered at once and never kept. Keyed by `plural.group`. */
export const REVIEWS: Readonly<Record<string, ReviewKind>> = {
  'selfsubjectreviews.authentication.k8s.io': {
    kind: 'SelfSubjectReview',
    namespaced: false,
    shape: {},
    isTracked: false,
    answer: ({ user }) => ({ status: { userInfo: { username: user.name, groups: user.groups } } }),
  },
  'localsubjectaccessreviews.authorization.k8s.io': accessReview(
    'LocalSubjectAccessReview',
    SUBJECT,
    reviewWithin,
    true,
  ),
  'selfsubjectaccessreviews.authorization.k8s.io': accessReview('SelfSubjectAccessReview', ATTRIBUTES, (asked) => {
    requireValid(attributeProblems(asked.spec));
    return reviewAccess(asked, asked.user);
  }),
  'selfsubjectrulesreviews.authorization.k8s.io': {
    kind: 'SelfSubjectRulesReview',
    namespaced: false,
    shape: { spec: { namespace: 'any' } },
    isTracked: false,
    answer: reviewRules,
  },
  'subjectaccessreviews.authorization.k8s.io': accessReview('SubjectAccessReview', SUBJECT, (asked) => {
    requireValid(subjectProblems(asked.spec));
    return reviewAccess(asked, subjectOf(asked.spec));
  }),
};

function reviewAccess({ authorizer, spec }: Asked, subject: DemoUser): JsonObject {
  const request = isRecord(spec.resourceAttributes) ? resourceRequest(spec.resourceAttributes) : pathRequest(spec);
  const { isAllowed, reason } = authorizer.decide(subject, request);
  return { spec, status: { allowed: isAllowed, ...(reason === '' ? {} : { reason }) } };
}

function reviewWithin(asked: Asked): JsonObject {
  const { spec, namespace = '' } = asked;
  const problems = [...subjectProblems(spec)];
  const inside = stringAt(spec, 'resourceAttributes', 'namespace') ?? '';
  if (isRecord(spec.resourceAttributes) && inside !== namespace) {
    problems.push(invalidValue('spec.resourceAttributes.namespace', inside, 'must match metadata.namespace'));
  }
  if (isRecord(spec.nonResourceAttributes)) {
    problems.push(invalidPath(spec.nonResourceAttributes, 'disallowed on this kind of request'));
  }
  requireValid(problems);
  return reviewAccess(asked, subjectOf(spec));
}

function subjectOf(spec: JsonObject): DemoUser {
  return { name: stringAt(spec, 'user') ?? '', groups: stringsAt(spec, 'groups') };
}

function attributeProblems(spec: JsonObject): StatusCause[] {
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (isRecord(resourceAttributes) && isRecord(nonResourceAttributes)) {
    return [invalidPath(nonResourceAttributes, 'cannot be specified in combination with resourceAttributes')];
  }
  if (isRecord(resourceAttributes) || isRecord(nonResourceAttributes)) return [];
  const rule = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalidValue('spec.resourceAttributes', null, rule)];
}

function subjectProblems(spec: JsonObject): StatusCause[] {
  const { name, groups } = subjectOf(spec);
  if (name !== '' || groups.length > 0) return attributeProblems(spec);
  return [...attributeProblems(spec), invalidValue('spec.user', '', 'at least one of user or group must be specified')];
}

function invalidPath(attributes: JsonObject, rule: string): StatusCause {
  const value = { Path: stringAt(attributes, 'path') ?? '', Verb: stringAt(attributes, 'verb') ?? '' };
  return invalidValue('spec.nonResourceAttributes', value, rule);
}

function requireValid(problems: readonly StatusCause[]): void {
  if (problems.length > 0) throw invalid('authorization.k8s.io', '', '', problems);
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

function reviewRules({ authorizer, user, spec }: Asked): JsonObject {
  const namespace = stringAt(spec, 'namespace') ?? '';
  if (namespace === '') throw badRequest('no namespace on request');
  const { rules, problems } = authorizer.rulesOf(user, namespace);
  const resourceRules = rules
    .filter(({ rule }) => (rule.resources ?? []).length > 0)
    .map(({ rule: { verbs, apiGroups, resources, resourceNames = [] } }) => ({
      verbs,
      apiGroups,
      resources,
      ...(resourceNames.length === 0 ? {} : { resourceNames }),
    }));
  const nonResourceRules = rules
    .filter(({ rule }) => (rule.nonResourceURLs ?? []).length > 0)
    .map(({ rule: { verbs, nonResourceURLs } }) => ({ verbs, nonResourceURLs }));
  const failure = problems.length === 0 ? {} : { evaluationError: problems.join(', ') };
  return { spec: {}, status: { resourceRules, nonResourceRules, incomplete: problems.length > 0, ...failure } };
}
