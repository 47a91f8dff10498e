interface CheckboxProps {
  /** Read out; shown beside the box only with `isLabelShown`. */
  readonly label: string;
  readonly isChecked: boolean;
  readonly isMixed?: boolean;
  readonly isDisabled?: boolean;
  readonly isLabelShown?: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

export function Checkbox(props: CheckboxProps) {
  const { label, isChecked, isMixed = false, isDisabled = false, isLabelShown = false, onChange } = props;
  return (
    <label className="inline-flex items-center gap-2 align-middle">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        ref={(box) => {
          if (box !== null) box.indeterminate = isMixed;
        }}
        onChange={({ target }) => onChange(target.checked)}
        className="size-3.75 accent-accent"
      />
      <span className={isLabelShown ? '' : 'sr-only'}>{label}</span>
    </label>
  );
}
