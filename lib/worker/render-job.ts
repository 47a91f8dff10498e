import type { InjectAnswer, InjectEngine } from '@/lib/api/inject';

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
    }
  | { readonly kind: 'upload'; readonly configMap: string; readonly values?: string; readonly mesh?: string };

export type RevisionSource = Extract<InjectorSource, { kind: 'revision' }>;

/** What the rendering thread is asked. */
export type RenderJob =
  | { readonly kind: 'check'; readonly source: RevisionSource }
  | {
      readonly kind: 'render';
      readonly source: InjectorSource;
      /** The configuration that was in force before; used where `source` does not parse. */
      readonly previous?: RevisionSource;
      readonly engine: InjectEngine;
      readonly nativeSidecars?: boolean;
      readonly manifests: string;
      readonly namespace: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
    };

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

export type RenderResult =
  | CheckedInjector
  | FaultyInjector
  | {
      readonly kind: 'rendered';
      readonly answer: InjectAnswer;
    };
