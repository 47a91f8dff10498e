import type { InjectEngine } from '@/lib/api/inject';
import type { PreviewDetail } from '@/lib/core/injection/preview/detail-preview';
import type { PodForecast, PreviewPlace, PreviewSubject } from '@/lib/core/injection/preview/preview-types';
import type { RenderingSubject } from '@/lib/core/injection/reality/check-rendering';
import type { RenderingCheck } from '@/lib/core/injection/reality/rendering-check';
import type { Confirmed, ConfirmJob } from './confirm-job';
import type { Uninjected, UninjectJob } from './uninject-job';
import type { WrittenJson } from './written-json';

/** Where an injector's configuration comes from; nothing in it is parsed yet. */
export type InjectorSource =
  | {
      readonly kind: 'revision';
      readonly revision: string;
      readonly config: string;
      readonly values: string;
      readonly mesh: string;
      readonly istiodEnv: Readonly<Record<string, string>>;
      readonly kubeletVersions?: readonly string[];
      /** Istio's ProxyConfig resources; each `spec` is JSON text. */
      readonly proxyConfigs?: readonly { readonly namespace: string; readonly spec: string }[];
      /** Where it was read. */
      readonly configMaps?: readonly {
        readonly namespace: string;
        readonly name: string;
        readonly resourceVersion: string;
      }[];
    }
  | { readonly kind: 'upload'; readonly configMap: string; readonly values?: string; readonly mesh?: string };

export type RevisionSource = Extract<InjectorSource, { kind: 'revision' }>;

/** What the rendering thread is asked. */
export type RenderJob =
  | { readonly kind: 'check'; readonly source: RevisionSource }
  | {
      /** Pods and workloads as they would be made now, held against what runs. */
      readonly kind: 'compare';
      readonly source: RevisionSource;
      readonly subjects: readonly RenderingSubject[];
    }
  | {
      readonly kind: 'render';
      readonly source: InjectorSource;
      /** The configuration that was in force before; used where `source` does not parse. */
      readonly previous?: RevisionSource;
      readonly engine: InjectEngine;
      readonly nativeSidecars?: boolean;
      readonly manifests: string;
      readonly namespace: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
    }
  | PreviewJob
  | ConfirmJob
  | UninjectJob;

/** The next pods of workloads, each as the webhook would make it. */
export interface PreviewJob {
  readonly kind: 'preview';
  readonly source: RevisionSource;
  readonly previous?: RevisionSource;
  readonly place: PreviewPlace;
  readonly subjects: readonly PreviewSubject[];
  /** With the pods themselves and the origin of each part. */
  readonly isDetailed: boolean;
}

export interface CheckedInjector {
  readonly kind: 'checked';
  readonly release: string;
  readonly nativeSidecars: boolean;
}

/** The source cannot be made an injector of: what is wrong, in one line or one for each template. */
export interface FaultyInjector {
  readonly kind: 'faulty';
  readonly message: string;
}

export type PreviewedPod =
  | { readonly forecast: PodForecast; readonly detail?: PreviewDetail }
  /** The object makes no pods, or cannot be read as what it says it is. */
  | { readonly failure: string };

export interface PreviewedPods {
  readonly kind: 'previewed';
  readonly release: string;
  readonly nativeSidecars: boolean;
  /** Why the configuration of now could not be used; the last good one was. */
  readonly problem?: string;
  /** In the order of the subjects; it ends with the first whose template does not end. */
  readonly pods: readonly PreviewedPod[];
}

export interface ComparedSubjects {
  readonly kind: 'compared';
  /** In the order of the subjects. */
  readonly checks: readonly RenderingCheck[];
}

export type RenderResult =
  | ComparedSubjects
  | CheckedInjector
  | FaultyInjector
  | PreviewedPods
  | Confirmed
  | Uninjected
  | {
      readonly kind: 'rendered';
      /** An `InjectAnswer` as JSON: big ones are written out and read here, not on the server's own thread. */
      readonly json: WrittenJson;
      /** Why the configuration of now could not be used; the last good one was. */
      readonly problem?: string;
    };
