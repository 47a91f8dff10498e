import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { istioFunctions } from './functions/istio-functions';
import { parseTemplate } from './parse-template';
import { TemplateError } from './template-error';
import { goJson } from './values/make-values';

interface Outcome {
  readonly template: string;
  readonly data?: unknown;
  readonly want?: string;
  readonly error?: string;
  readonly partial?: string;
}

/** Random calls, formats, YAML data and patterns with what the real text/template, sprig 3.3 and Istio's functions made of them. */
const file = fileURLToPath(new URL('testdata/go-outcomes.json', import.meta.url));
const recorded: { readonly data: unknown; readonly cases: readonly Outcome[] } = JSON.parse(readFileSync(file, 'utf8'));
const functions = istioFunctions();

function outcomeOf({ template, data }: Outcome): Omit<Outcome, 'template' | 'data'> {
  try {
    const value = goJson(data === undefined ? recorded.data : data);
    return { want: parseTemplate('inject', template, { functions }).execute(value) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { error: error.message, ...(error.partial ? { partial: error.partial } : {}) };
  }
}

describe('what the real Go made of random templates', () => {
  it.each(recorded.cases.map((outcome): [string, Outcome] => [outcome.template, outcome]))('%s', (_name, outcome) => {
    const { template: _template, data: _data, ...want } = outcome;
    expect(outcomeOf(outcome)).toEqual(want);
  });
});
