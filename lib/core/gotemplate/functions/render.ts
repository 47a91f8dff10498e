import type { FunctionMap, GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { parseTemplate } from '@/lib/core/gotemplate/parse-template';
import { TemplateError } from '@/lib/core/gotemplate/template-error';
import { compatibilityOf } from '@/lib/core/gotemplate/template-options';
import { fromByteString } from '@/lib/core/gotemplate/values/byte-string';
import { STRING } from '@/lib/core/gotemplate/values/go-type';
import { goString } from '@/lib/core/gotemplate/values/make-values';
import { define } from './define';

const MAX_NESTING = 20;

/**
 * Istio's `render` (up to 1.13): renders a text as a template on the root data, with the same functions.
 *
 * Output: empty when it fails in any way but for the limits, which end the whole execution.
 */
export function renderFunction(functions: FunctionMap, minor: number): GoFunction {
  return define([STRING], (args) => {
    const { budget, root, depth } = args.context;
    budget.spend(args.text(0).length + 1);
    if (depth > MAX_NESTING) return goString('');
    try {
      const compatibility = compatibilityOf(minor);
      const template = parseTemplate('inject', fromByteString(args.text(0)), { functions, compatibility });
      return goString(template.run('inject', root, budget, depth + 1));
    } catch (error) {
      const isFailure =
        error instanceof TemplateError && error.class !== 'step-limit' && error.class !== 'output-limit';
      if (isFailure) return goString('');
      throw error;
    }
  });
}
