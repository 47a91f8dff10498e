import { istioFunctions } from '@/lib/core/gotemplate/functions/istio-functions';
import { parseTemplate, type Template } from '@/lib/core/gotemplate/parse-template';
import { TemplateError } from '@/lib/core/gotemplate/template-error';
import type { Release } from './release';

export type CompiledTemplates = ReadonlyMap<string, Template>;

/** A template that does not parse; one such rejects the whole configuration, used or not. */
export interface TemplateFault {
  readonly template: string;
  /** Go's own text. */
  readonly text: string;
  readonly line?: number;
}

export type CompileResult =
  | { readonly ok: true; readonly templates: CompiledTemplates }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

// The name that upstream gives every template, so that messages read alike.
const TEMPLATE_NAME = 'inject';

/** Parses every template of a configuration once, to be executed for any number of pods. */
export function compileTemplates(
  texts: ReadonlyMap<string, string>,
  release: Release,
  istiodEnv: Readonly<Record<string, string>>,
): CompileResult {
  const functions = istioFunctions({
    minor: release.minor,
    env: istiodEnv,
    multusNamespaces: release.switches.multusNetworkNamespace,
  });
  const templates = new Map<string, Template>();
  const faults: TemplateFault[] = [];
  for (const [name, text] of texts) {
    try {
      templates.set(name, parseTemplate(TEMPLATE_NAME, text, { functions }));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      faults.push({ template: name, text: error.message, ...(error.line !== undefined && { line: error.line }) });
    }
  }
  return faults.length === 0 ? { ok: true, templates } : { ok: false, faults };
}
