import { PipeCompiler } from './evaluate/compile-pipe';
import { compileList } from './evaluate/compile-statements';
import type { FunctionMap } from './evaluate/go-function';
import { Budget, DEFAULT_LIMITS, type ExecutionLimits, LimitReached } from './evaluate/limits';
import { ExecState, type Run, type Source } from './evaluate/state';
import { quoteBytes } from './format/quote';
import { builtinFunctions } from './functions/builtin-functions';
import { parseTrees } from './syntax/parse-trees';
import { TemplateError } from './template-error';
import { CURRENT_GO, type TemplateOptions } from './template-options';
import { type ByteString, fromByteString, toByteString } from './values/byte-string';
import type { Value } from './values/go-value';

const GO_MAX_DEPTH = 100_000;

/** A parsed template; executing it leaves it as it was, so one serves any number of pods. */
export class Template {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Fails with a TemplateError of phase `exec`, which holds what had been written. */
  execute(data: Value, limits: Partial<ExecutionLimits> = {}): string {
    const budget = new Budget({ ...DEFAULT_LIMITS, ...limits });
    return fromByteString(this.run(this.#source.name, data, budget, 0));
  }

  /** Executes one of the templates that the text defines. */
  executeNamed(name: string, data: Value, limits: Partial<ExecutionLimits> = {}): string {
    const bytes = toByteString(name);
    if (this.#source.templates.has(bytes)) {
      const budget = new Budget({ ...DEFAULT_LIMITS, ...limits });
      return fromByteString(this.run(bytes, data, budget, 0));
    }
    const message = `template: no template ${quoteBytes(bytes)} associated with template ${quoteBytes(this.#source.name)}`;
    throw new TemplateError({
      phase: 'exec',
      class: 'template-not-defined',
      message: fromByteString(message),
      templateName: name,
    });
  }

  /** Executes within the budget of another execution; the result is a byte string. */
  run(name: ByteString, data: Value, budget: Budget, depth: number): ByteString {
    const state = new ExecState(this.#source, budget, data, name, depth);
    try {
      this.#source.templates.get(name)?.(state, data);
    } catch (error) {
      if (error instanceof LimitReached) state.fail(error.limit, error.message);
      if (!(error instanceof RangeError)) throw error;
      state.fail('depth-exceeded', `exceeded maximum template depth (${GO_MAX_DEPTH})`);
    }
    return state.out;
  }
}

function withBuiltins(options: TemplateOptions): FunctionMap {
  const builtins = builtinFunctions(options.compatibility ?? CURRENT_GO);
  return options.functions === undefined ? builtins : new Map([...builtins, ...options.functions]);
}

/** Most templates of a configuration are never executed, so each becomes closures when it is. */
function whenRun(compile: () => Run): Run {
  let compiled: Run | undefined;
  return (state, dot) => {
    compiled ??= compile();
    return compiled(state, dot);
  };
}

/**
 * Parses a template once, to be executed over any number of data objects.
 *
 * Input: the name that error messages carry (Istio's is `inject`) and the template's text.
 * Fails with a TemplateError of phase `parse`: Go's class, message and line. Functions must exist when the template is parsed.
 * Source: Go 1.26, text/template.
 */
export function parseTemplate(name: string, text: string, options: TemplateOptions = {}): Template {
  const functions = withBuiltins(options);
  const bytes = { name: toByteString(name), text: toByteString(text) };
  const [left, right] = options.delims ?? ['', ''];
  const trees = parseTrees(bytes.name, bytes.text, {
    left: toByteString(left),
    right: toByteString(right),
    hasFunction: (functionName) => functions.has(functionName),
  });
  const pipes = new PipeCompiler(functions);
  const compiled = [...trees].map(([treeName, tree]) => [treeName, whenRun(() => compileList(tree, pipes))] as const);
  const templates: ReadonlyMap<ByteString, Run> = new Map(compiled);
  return new Template({ ...bytes, missingKey: options.missingKey ?? 'default', templates });
}
