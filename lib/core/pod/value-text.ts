import { dump } from 'js-yaml';
import type { EnvVar } from '@/lib/core/kube/pod-types';
import { isEmptyJson } from './json-value';

/** A value as text: strings as they are, structure as YAML, undefined for nothing. */
export function toValueText(value: unknown): string | undefined {
  if (isEmptyJson(value)) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return dump(value, { lineWidth: -1 }).trimEnd();
}

/** Where an environment value comes from: its text, or the reference; what a reference resolves to is never known here. */
export function toEnvText({ value, valueFrom }: EnvVar): string {
  if (valueFrom === undefined) return value ?? '';
  const { secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  if (secretKeyRef !== undefined) return `secretKeyRef ${secretKeyRef.name ?? ''}/${secretKeyRef.key}`;
  if (configMapKeyRef !== undefined) return `configMapKeyRef ${configMapKeyRef.name ?? ''}/${configMapKeyRef.key}`;
  if (fieldRef !== undefined) return `fieldRef ${fieldRef.fieldPath}`;
  if (resourceFieldRef !== undefined) return `resourceFieldRef ${resourceFieldRef.resource}`;
  return Object.keys(valueFrom).join(' ');
}
