import { type CaptureField, WILDCARD } from './capture-config';
import type { TextField } from './capture-flags.data';

/** Pod annotations that set capture. Source: Istio, api/annotation/annotations.gen.go. */
export const ANNOTATION = {
  interceptionMode: 'sidecar.istio.io/interceptionMode',
  inboundPortsInclude: 'traffic.sidecar.istio.io/includeInboundPorts',
  inboundPortsExclude: 'traffic.sidecar.istio.io/excludeInboundPorts',
  outboundPortsInclude: 'traffic.sidecar.istio.io/includeOutboundPorts',
  outboundPortsExclude: 'traffic.sidecar.istio.io/excludeOutboundPorts',
  outboundIpRangesInclude: 'traffic.sidecar.istio.io/includeOutboundIPRanges',
  outboundIpRangesExclude: 'traffic.sidecar.istio.io/excludeOutboundIPRanges',
  excludeInterfaces: 'traffic.sidecar.istio.io/excludeInterfaces',
  rerouteVirtualInterfaces: 'istio.io/reroute-virtual-interfaces',
  kubevirtInterfaces: 'traffic.sidecar.istio.io/kubevirtInterfaces',
  ambientDns: 'ambient.istio.io/dns-capture',
  ambientBypassInbound: 'ambient.istio.io/bypass-inbound-capture',
} as const;

/** Which annotation a person writes to change a field; an older name comes second. */
export const FIELD_ANNOTATIONS: Readonly<Partial<Record<CaptureField, readonly string[]>>> = {
  interceptionMode: [ANNOTATION.interceptionMode],
  inboundPortsInclude: [ANNOTATION.inboundPortsInclude],
  inboundPortsExclude: [ANNOTATION.inboundPortsExclude],
  outboundPortsInclude: [ANNOTATION.outboundPortsInclude],
  outboundPortsExclude: [ANNOTATION.outboundPortsExclude],
  outboundIpRangesInclude: [ANNOTATION.outboundIpRangesInclude],
  outboundIpRangesExclude: [ANNOTATION.outboundIpRangesExclude],
  excludeInterfaces: [ANNOTATION.excludeInterfaces],
  rerouteVirtualInterfaces: [ANNOTATION.rerouteVirtualInterfaces, ANNOTATION.kubevirtInterfaces],
};

/** What a pod gets when nobody asks for anything. Source: Istio, manifests/charts, global.proxy; files/injection-template.yaml. */
export const INJECTOR_DEFAULTS: Readonly<Partial<Record<TextField, string>>> = {
  interceptionMode: 'REDIRECT',
  inboundPortsInclude: WILDCARD,
  inboundPortsExclude: '15090,15021,15020',
  outboundIpRangesInclude: WILDCARD,
};

/** The CNI plugin's defaults where they differ. Source: Istio, cni/pkg/plugin/sidecar_redirect.go. */
export const CNI_DEFAULTS: Readonly<Partial<Record<TextField, string>>> = {
  ...INJECTOR_DEFAULTS,
  inboundPortsExclude: '15020,15021,15090',
  outboundPortsExclude: '15020',
};
