import { describe, expect, it } from 'vitest';
import { changeTemplateSwitch, undoOfSwitch, type WorkloadAction } from './change-template-switch';
import type { TemplateKind } from './template-kinds';

const KEY = 'sidecar.istio.io/inject';
const switching = (labels: Record<string, string>, action: WorkloadAction, kind: TemplateKind = 'Deployment') =>
  changeTemplateSwitch({ kind, namespace: 'shop', name: 'cart', labels }, action);
const patchOf = (value: string | null) => ({ spec: { template: { metadata: { labels: { [KEY]: value } } } } });

describe('changeTemplateSwitch', () => {
  it.each<[name: string, labels: Record<string, string>, action: WorkloadAction, after: Record<string, string>]>([
    ['sets the label beside others', { app: 'cart' }, 'enable', { app: 'cart', [KEY]: 'true' }],
    ['turns it over', { app: 'cart', [KEY]: 'true' }, 'disable', { app: 'cart', [KEY]: 'false' }],
    ['removes it and nothing else', { app: 'cart', [KEY]: 'false' }, 'unset', { app: 'cart' }],
  ])('%s', (_name, labels, action, after) => {
    const change = switching(labels, action);
    expect(change.labelsAfter).toEqual(after);
    expect(change.isNoChange).toBe(false);
    expect(change.patch).toEqual(patchOf(after[KEY] ?? null));
  });

  it.each<[action: WorkloadAction, labels: Record<string, string>]>([
    ['enable', { [KEY]: 'true' }],
    ['disable', { [KEY]: 'false' }],
    ['unset', {}],
  ])('%s changes nothing where it is so already', (action, labels) => {
    expect(switching(labels, action).isNoChange).toBe(true);
  });

  it('finds the template of a CronJob', () => {
    expect(switching({}, 'enable', 'CronJob').patch).toEqual({ spec: { jobTemplate: patchOf('true') } });
  });

  it('writes the value as text, since a label that is a YAML boolean is refused', () => {
    expect(switching({ [KEY]: 'false' }, 'enable').lines.slice(-3)).toEqual([
      { kind: 'same', text: '      labels:' },
      { kind: 'removed', text: `        ${KEY}: "false"` },
      { kind: 'added', text: `        ${KEY}: "true"` },
    ]);
  });

  it('gives the command that does the same', () => {
    expect(switching({}, 'disable', 'StatefulSet').kubectl).toBe(
      `kubectl -n shop patch statefulset cart --type merge -p '{"spec":{"template":{"metadata":{"labels":{"${KEY}":"false"}}}}}'`,
    );
  });
});

it.each<[before: string | undefined, undo: WorkloadAction | undefined]>([
  [undefined, 'unset'],
  ['true', 'enable'],
  ['false', 'disable'],
  ['yes', undefined],
])('undo of %s is %s', (before, undo) => {
  expect(undoOfSwitch(before)).toBe(undo);
});
