/**
 * The same function, which makes its answer about an object once and gives it again as long as that very object lives.
 *
 * Input: a pure function of an object that is never changed, such as a namespace as judged.
 * Output: equal answers, the same one for the same object.
 */
export function rememberEach<Input extends object, Output>(make: (input: Input) => Output): (input: Input) => Output {
  const known = new WeakMap<Input, { readonly output: Output }>();
  return (input) => {
    const found = known.get(input);
    if (found !== undefined) return found.output;
    const output = make(input);
    known.set(input, { output });
    return output;
  };
}
