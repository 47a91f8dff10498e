import { describe, expect, it } from 'vitest';
import { listPodSecurityFindings, type PodSecurityLevel } from './pod-security';
import type { Container, PodSpec } from './pod-types';

const SAFE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
const app = (securityContext: Record<string, unknown> = SAFE, over: Partial<Container> = {}): Container => ({
  name: 'app',
  securityContext,
  ...over,
});
const withApp = (over: Record<string, unknown>, spec: PodSpec = {}): PodSpec => ({
  containers: [app({ ...SAFE, ...over })],
  ...spec,
});

describe('listPodSecurityFindings', () => {
  it.each<[level: PodSecurityLevel, rule: string, spec: PodSpec, text: string]>([
    ['baseline', 'hostNamespaces', { hostNetwork: true }, 'host namespaces (hostNetwork=true)'],
    [
      'baseline',
      'privileged',
      withApp({ privileged: true }),
      'privileged (container "app" must not set securityContext.privileged=true)',
    ],
    [
      'baseline',
      'baselineCapabilities',
      {
        initContainers: [{ name: 'istio-init', securityContext: { capabilities: { add: ['NET_RAW', 'NET_ADMIN'] } } }],
        containers: [app()],
      },
      'non-default capabilities (container "istio-init" must not include "NET_ADMIN", "NET_RAW" in securityContext.capabilities.add)',
    ],
    ['baseline', 'hostPaths', withApp({}, { volumes: [{ name: 'v', hostPath: {} }] }), 'hostPath volumes (volume "v")'],
    [
      'baseline',
      'hostPorts',
      { containers: [app(SAFE, { ports: [{ containerPort: 1, hostPort: 8080 }] })] },
      'hostPort (container "app" uses hostPort 8080)',
    ],
    [
      'baseline',
      'procMount',
      withApp({ procMount: 'Unmasked' }),
      'procMount (container "app" must not set securityContext.procMount to "Unmasked")',
    ],
    [
      'baseline',
      'unconfined',
      withApp({ seccompProfile: { type: 'Unconfined' } }),
      'seccompProfile (container "app" must not set securityContext.seccompProfile.type to "Unconfined")',
    ],
    [
      'baseline',
      'sysctls',
      withApp({}, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
      'forbidden sysctls (kernel.msgmax)',
    ],
    [
      'restricted',
      'privilegeEscalation',
      withApp({ allowPrivilegeEscalation: undefined }),
      'allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false)',
    ],
    [
      'restricted',
      'restrictedCapabilities',
      withApp({ capabilities: { add: ['CHOWN'] } }),
      'unrestricted capabilities (container "app" must set securityContext.capabilities.drop=["ALL"]; container "app" must not include "CHOWN" in securityContext.capabilities.add)',
    ],
    [
      'restricted',
      'restrictedVolumes',
      withApp({}, { volumes: [{ name: 'a', nfs: {} }] }),
      'restricted volume types (volume "a" uses restricted volume type "nfs")',
    ],
    [
      'restricted',
      'nonRoot',
      withApp({ runAsNonRoot: false }),
      'runAsNonRoot != true (container "app" must not set securityContext.runAsNonRoot=false)',
    ],
    [
      'restricted',
      'nonRoot',
      withApp({ runAsNonRoot: undefined }),
      'runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true)',
    ],
    ['restricted', 'rootUser', withApp({ runAsUser: 0 }), 'runAsUser=0 (container "app" must not set runAsUser=0)'],
    [
      'restricted',
      'seccomp',
      withApp({ seccompProfile: undefined }),
      'seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    ],
  ])('%s: %s', (level, rule, spec, text) => {
    expect(listPodSecurityFindings(spec, level)).toEqual([{ rule, text }]);
  });

  it.each<[name: string, level: PodSecurityLevel, spec: PodSpec]>([
    ['a pod that asks for nothing, baseline', 'baseline', { containers: [app({})] }],
    ['a pod that gives up everything, restricted', 'restricted', { containers: [app()] }],
    [
      'what the pod says for all of its containers',
      'restricted',
      {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Localhost' } },
        containers: [app({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })],
      },
    ],
    [
      'the gateway’s sysctl',
      'restricted',
      withApp({}, { securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } }),
    ],
    ['fields of another type', 'baseline', { containers: [app({ capabilities: 'all', seccompProfile: 3 })] }],
  ])('finds nothing in %s', (_name, level, spec) => {
    expect(listPodSecurityFindings(spec, level)).toEqual([]);
  });

  it('names several in the API server’s order', () => {
    const findings = listPodSecurityFindings({ hostNetwork: true, containers: [app({})] }, 'restricted');
    expect(findings.map(({ rule }) => rule)).toEqual([
      'hostNamespaces',
      'privilegeEscalation',
      'restrictedCapabilities',
      'nonRoot',
      'seccomp',
    ]);
  });
});
