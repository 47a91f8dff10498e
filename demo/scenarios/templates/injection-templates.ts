import { CLASSIC_SIDECAR } from './classic-sidecar.data';
import { GATEWAY } from './gateway.data';
import { CLASSIC_PARTS, PRESENT_PARTS, PROXY_PARTS } from './proxy-parts.data';
import { SIDECAR } from './sidecar.data';

/** Texts of the templates that a control plane offers, by name; each is whole by itself, as Go names pieces per text. */
export type InjectionTemplates = Readonly<Record<'sidecar' | 'gateway', string>>;

export const PRESENT_TEMPLATES: InjectionTemplates = {
  sidecar: `${PRESENT_PARTS}${PROXY_PARTS}${SIDECAR}`.trim(),
  gateway: `${PRESENT_PARTS}${PROXY_PARTS}${GATEWAY}`.trim(),
};

export const CLASSIC_TEMPLATES: InjectionTemplates = {
  sidecar: `${CLASSIC_PARTS}${PROXY_PARTS}${CLASSIC_SIDECAR}`.trim(),
  gateway: `${CLASSIC_PARTS}${PROXY_PARTS}${GATEWAY}`.trim(),
};
