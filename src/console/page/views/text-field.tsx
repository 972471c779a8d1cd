import type { FieldProblem } from '../../api-types.ts';

/** A field with its label, and what is wrong with it below. */
export function TextField({
  name,
  label,
  type,
  placeholder,
  value,
  isDisabled,
  problem,
  onInput,
  onLeave,
}: {
  name: string;
  label: string;
  type: 'text' | 'password';
  placeholder: string;
  value: string;
  isDisabled: boolean;
  problem: FieldProblem | null;
  onInput: (value: string) => void;
  onLeave: () => void;
}) {
  const id = `field-${name}`;
  const attributes = {
    id,
    name,
    // No password manager: the secret of an application is nobody's own.
    autocomplete: 'off',
    'data-1p-ignore': true,
    spellcheck: false,
    placeholder: isDisabled ? 'not used on-premise' : placeholder,
    value,
    disabled: isDisabled,
    'aria-invalid': problem !== null,
    'aria-describedby': problem === null ? undefined : `${id}-problem`,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
    onBlur: onLeave,
  };
  return (
    <div class="field" data-wrong={problem !== null}>
      <label for={id}>{label}</label>
      {type === 'password' ? (
        <input type="password" {...attributes} />
      ) : (
        <input type="text" {...attributes} />
      )}
      {problem !== null && (
        <p id={`${id}-problem`} class="field-problem">
          <strong>
            {label} {problem.message}.
          </strong>{' '}
          {problem.hint}
        </p>
      )}
    </div>
  );
}
