import { decideNativeSidecars } from './engine/native-sidecars';
import { readVersion, toRelease } from './engine/release';
import type { InjectorTexts } from './open-injector';

interface NativeFacts extends Pick<InjectorTexts, 'values' | 'version' | 'istiodEnv'> {
  /** Of all nodes; undefined where nobody can read them. */
  readonly kubeletVersions?: readonly string[] | undefined;
}

const TAG = /"?tag"?:\s*"?([^",\n]+)/;

/** Istio's release as far as the values tell it, without parsing them whole; empty where they do not. */
function releaseOfValues(values: string): string {
  return readVersion(TAG.exec(values)?.[1] ?? '') ?? '';
}

/** Whether an injector of these texts would make native sidecars, before a pod's annotation turns that. */
export function decideNative({ values, version, istiodEnv = {}, kubeletVersions }: NativeFacts): boolean {
  const setting = istiodEnv.ENABLE_NATIVE_SIDECARS;
  const inputs = {
    ...(setting === undefined ? {} : { setting }),
    ...(kubeletVersions === undefined ? {} : { kubeletVersions }),
  };
  return decideNativeSidecars(inputs, toRelease(version ?? releaseOfValues(values)));
}
