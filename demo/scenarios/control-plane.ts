/** One istiod: its revision and the release it runs. */
export interface ControlPlane {
  /** Empty for the default revision. */
  readonly suffix: string;
  readonly version: string;
  readonly replicas: number;
  /** Whether the demo runs a webhook server for it. */
  readonly isServing: boolean;
}

export const DEFAULT_PLANE: ControlPlane = { suffix: '', version: '1.30.1', replicas: 1, isServing: true };
export const MISSION_PLANE: ControlPlane = { suffix: '1-10-2', version: '1.10.2', replicas: 2, isServing: true };
/** The release that the default revision ran before its last upgrade. */
export const FORMER_DEFAULT_PLANE: ControlPlane = { ...DEFAULT_PLANE, version: '1.29.2' };
/** Installed and then scaled to nothing: its webhooks still ask for it. */
export const BROKEN_PLANE: ControlPlane = { suffix: 'canary', version: '1.31.0', replicas: 0, isServing: false };

/** Native sidecars are the default since 1.27. */
const NATIVE_SINCE = 27;
export const HUB = 'docker.io/istio';

export function revisionOf({ suffix }: ControlPlane): string {
  return suffix === '' ? 'default' : suffix;
}

/** `istiod` or `istiod-1-10-2`: the name of its Deployment, Service and service account. */
export function istiodName({ suffix }: ControlPlane): string {
  return suffix === '' ? 'istiod' : `istiod-${suffix}`;
}

export function pilotImage({ version }: ControlPlane): string {
  return `${HUB}/pilot:${version}`;
}

export function proxyImage({ version }: Pick<ControlPlane, 'version'>): string {
  return `${HUB}/proxyv2:${version}`;
}

/** Its webhooks let pods pass while nobody answers. */
export const PREVIEW_PLANE: ControlPlane = { suffix: 'preview', version: '1.31.0', replicas: 0, isServing: false };

/** Its injector injects only where it is asked to. */
export const MUTED_PLANE: ControlPlane = { ...PREVIEW_PLANE, suffix: 'muted' };
/** Its injector's policy is a word that istiod does not know. */
export const ODD_PLANE: ControlPlane = { ...PREVIEW_PLANE, suffix: 'odd' };

/** Whether its templates and values are those of releases around 1.10, which knew no native sidecars. */
export function isClassic({ version }: Pick<ControlPlane, 'version'>): boolean {
  return Number(version.split('.')[1] ?? '0') < NATIVE_SINCE;
}
