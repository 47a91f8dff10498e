import { describe, expect, it } from 'vitest';
import { istioFunctions } from '@/lib/core/gotemplate/functions/istio-functions';
import { parseTemplate } from '@/lib/core/gotemplate/parse-template';
import { TemplateError } from '@/lib/core/gotemplate/template-error';
import { decodeShared, gatewayData, sidecarData } from './template-data';

const POD = {
  typeMeta: { apiVersion: 'apps/v1', kind: 'Deployment' },
  deploymentMeta: { name: 'web', namespace: 'prod' },
  objectMeta: { name: 'web-1', labels: { app: 'web' }, annotations: { a: '1' } },
  spec: {
    serviceAccountName: 'sa',
    containers: [
      {
        name: 'web',
        image: 'r:5000/web:2@sha256:ff',
        ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }],
      },
      { name: 'istio-proxy', ports: [{ containerPort: 15090 }] },
    ],
  },
  values: { global: { n: 5 } },
};

function render(text: string, input: object, minor = 31): string {
  const template = parseTemplate('inject', text, { functions: istioFunctions({ minor }) });
  try {
    return template.execute(sidecarData({ ...POD, ...input }, { minor }));
  } catch (error) {
    return error instanceof TemplateError ? error.message.slice(error.message.indexOf('>: ') + 3) : 'crash';
  }
}

describe('data of sidecar templates', () => {
  it.each<[name: string, text: string, minor: number, want: string]>([
    [
      'names the fields of the pod',
      '{{.ObjectMeta.Name}} {{.Spec.ServiceAccountName}} {{.TypeMeta.Kind}}',
      31,
      'web-1 sa Deployment',
    ],
    ['prints the workload as Kubernetes prints such names', '{{.DeploymentMeta}}', 31, 'prod/web'],
    [
      'has no labels on the workload since 1.22',
      '{{.DeploymentMeta.Labels}}',
      22,
      "can't evaluate field Labels in type types.NamespacedName",
    ],
    ['had them before', '{{.DeploymentMeta.Labels}}', 21, 'map[]'],
    [
      'knows no revision before 1.9',
      '{{.Revision}}',
      8,
      "can't evaluate field Revision in type *inject.SidecarTemplateData",
    ],
    ['estimates the concurrency for a while', '{{.EstimatedConcurrency}}', 17, '0'],
    [
      'no longer does',
      '{{.EstimatedConcurrency}}',
      18,
      "can't evaluate field EstimatedConcurrency in type *inject.SidecarTemplateData",
    ],
    ['takes the metadata through a pointer up to 1.8', '{{printf "%T" .ObjectMeta}}', 8, '*v1.ObjectMeta'],
    ['takes them by value since', '{{printf "%T" .ObjectMeta}}', 9, 'v1.ObjectMeta'],
    ['follows that pointer for a function', '{{annotation .ObjectMeta "a" "d"}}', 8, '1'],
    [
      'leaves UDP ports out',
      '{{includeInboundPorts .Spec.Containers}}|{{applicationPorts .Spec.Containers}}',
      31,
      '80,15090|80',
    ],
    [
      'gives no fields of a missing proxy config',
      '{{.ProxyConfig.StatusPort}}',
      31,
      'nil pointer evaluating *v1alpha1.ProxyConfig.StatusPort',
    ],
    ['but its getters', '[{{.ProxyConfig.GetTracing.GetTlsSettings.GetCaCertificates}}]', 31, '[]'],
  ])('%s', (_name, text, minor, want) => {
    expect(render(text, {}, minor)).toBe(want);
  });

  it.each<[name: string, text: string, proxyConfig: object, minor: number, want: string]>([
    ['prints an enum by name', '{{.ProxyConfig.InterceptionMode}}', { interceptionMode: 'TPROXY' }, 31, 'TPROXY'],
    ['prints a wrapper as a message', '{{.ProxyConfig.Concurrency}}', { concurrency: 2 }, 31, 'value:2'],
    ['has a plain concurrency in 1.6', '{{.ProxyConfig.Concurrency}}', { concurrency: 2 }, 6, '2'],
    ['reads names of the .proto file', '{{.ProxyConfig.StatusPort}}', { status_port: 1 }, 31, '1'],
    ['reads members of a oneof', '{{.ProxyConfig.GetServiceCluster}}', { serviceCluster: 'x' }, 31, 'x'],
    ['formats a duration', '{{formatDuration .ProxyConfig.DrainDuration}}', { drainDuration: '90.5s' }, 31, '1m30.5s'],
    ['drops a concurrency of 2 up to 1.17', '{{protoToJSON .ProxyConfig}}', { concurrency: 2 }, 17, '{}'],
    ['keeps it since', '{{protoToJSON .ProxyConfig}}', { concurrency: 2 }, 18, '{"concurrency":2}'],
    ['drops the shutdown duration of old', '{{protoToJSON .ProxyConfig}}', { parentShutdownDuration: '60s' }, 16, '{}'],
    [
      'keeps mutual TLS in 1.6',
      '{{protoToJSON .ProxyConfig}}',
      { controlPlaneAuthPolicy: 'MUTUAL_TLS' },
      6,
      '{"controlPlaneAuthPolicy":"MUTUAL_TLS"}',
    ],
  ])('%s', (_name, text, proxyConfig, minor, want) => {
    expect(render(text, { proxyConfig }, minor)).toBe(want);
  });

  it('takes values that were decoded before', () => {
    const shared = {
      values: decodeShared.values({ global: { n: 1_000_000 } }),
      meshConfig: decodeShared.meshConfig({ trustDomain: 'td' }),
      proxyConfig: decodeShared.proxyConfig({ statusPort: 15021 }),
    };
    const text = '{{.Values.global.n}} {{.MeshConfig.TrustDomain}} {{.ProxyConfig.StatusPort}}';
    expect(render(text, shared)).toBe('1e+06 td 15021');
  });
});

describe('functions of a release', () => {
  const has = (minor: number, name: string) => istioFunctions({ minor }).has(name);

  it.each<[name: string, since: number]>([
    ['default', 8],
    ['appendMultusNetwork', 8],
    ['excludeInterfaces', 15],
    ['strdict', 18],
    ['toJsonMap', 18],
    ['mergeMaps', 21],
    ['omitNil', 28],
    ['otelResourceAttributes', 30],
  ])('%s came with 1.%i', (name, since) => {
    expect([has(since - 1, name), has(since, name)]).toEqual([false, true]);
  });

  it('lost render with 1.14', () => {
    expect([has(13, 'render'), has(14, 'render')]).toEqual([true, false]);
  });
});

describe('data of gateway templates', () => {
  it('promotes the Gateway into the root, which is a value', () => {
    const data = gatewayData({
      gateway: { metadata: { name: 'gw' }, spec: { gatewayClassName: 'istio' } },
      ports: [{ name: 'http', port: 80, appProtocol: 'http' }],
    });
    const text = '{{.Name}} {{.Spec.GatewayClassName}} {{range .Ports}}{{.Port}}/{{.AppProtocol}}{{end}} {{.GetName}}';
    expect(parseTemplate('inject', text, {}).execute(data)).toBe('gw istio 80/http gw');
  });
});
