export type ParseErrorClass =
  | 'undefined-function'
  | 'undefined-variable'
  | 'unclosed-action'
  | 'unclosed-paren'
  | 'unexpected-right-paren'
  | 'unclosed-comment'
  | 'comment-not-alone'
  | 'unterminated-literal'
  | 'bad-number'
  | 'bad-literal'
  | 'bad-character'
  | 'missing-value'
  | 'empty-command'
  | 'break-outside-range'
  | 'non-executable-stage'
  | 'field-on-literal'
  | 'too-many-declarations'
  | 'multiple-definition'
  | 'unexpected-eof'
  | 'unexpected-token'
  | 'too-deep';

export type ExecErrorClass =
  | 'template-not-defined'
  | 'nil-pointer'
  | 'map-missing-key'
  | 'no-field'
  | 'unexported-field'
  | 'wrong-arg-count'
  | 'wrong-type'
  | 'invalid-value'
  | 'not-a-function'
  | 'not-iterable'
  | 'bad-comparison'
  | 'index-error'
  | 'number-overflow'
  | 'unprintable'
  | 'bad-signature'
  | 'function-error'
  | 'undefined-variable'
  | 'depth-exceeded'
  | 'step-limit'
  | 'output-limit';

export interface TemplateFault {
  readonly phase: 'parse' | 'exec';
  readonly class: ParseErrorClass | ExecErrorClass;
  /** The complete text, as Go words it. */
  readonly message: string;
  /** 1-based; absent where Go gives no place. */
  readonly line?: number;
  /** Bytes since the last line feed, 0-based; only for execution. */
  readonly column?: number;
  /** The template that was running: the top-level name, or that of a define. */
  readonly templateName: string;
  /** What had been written before the failure. */
  readonly partial?: string;
}

/** The one error that parsing and executing a template throw. */
export class TemplateError extends Error {
  readonly fault: TemplateFault;

  constructor(fault: TemplateFault) {
    super(fault.message);
    this.name = 'TemplateError';
    this.fault = fault;
  }

  get phase(): TemplateFault['phase'] {
    return this.fault.phase;
  }

  get class(): TemplateFault['class'] {
    return this.fault.class;
  }

  get line(): number | undefined {
    return this.fault.line;
  }

  get column(): number | undefined {
    return this.fault.column;
  }

  get templateName(): string {
    return this.fault.templateName;
  }

  get partial(): string | undefined {
    return this.fault.partial;
  }
}
