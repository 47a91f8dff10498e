/** The steps of the lit flow at which a part is met; the step list says the same in words. */
export function StepNumbers({ numbers }: { readonly numbers: readonly number[] }) {
  return numbers.length === 0 ? null : (
    <span aria-hidden="true" className="map-steps">
      {numbers.join(' ')}
    </span>
  );
}
