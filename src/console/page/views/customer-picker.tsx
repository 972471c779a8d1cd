import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CustomerChoice, TableRow } from '../../api-types.ts';
import { customerSearch } from '../logic/search-customers.ts';
import { visibleText } from '../logic/visible-text.ts';
import { getJson } from '../state/api.ts';
import { pickerCalls } from '../state/dialogs.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { showProblem } from '../state/notices.ts';
import { mapRow } from '../state/table-actions.ts';
import { Name } from './name.tsx';

/** A combobox over all customers of the Halo. */
export function CustomerPicker({ table, row }: { table: InstanceTable; row: TableRow }) {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [customers, setCustomers] = useState<readonly CustomerChoice[] | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const called = pickerCalls.value;
  const answered = useRef(called);
  useEffect(() => {
    if (called === answered.current) return;
    answered.current = called;
    input.current?.focus();
  }, [called]);
  const search = useMemo(() => customerSearch(customers ?? []), [customers]);
  const choices = isOpen ? search(text) : [];
  const load = () => {
    setOpen(true);
    if (customers !== null) return;
    getJson<CustomerChoice[]>(`/api/instances/${encodeURIComponent(table.instance)}/customers`)
      .then(setCustomers)
      .catch(showProblem);
  };
  const choose = (choice: CustomerChoice | undefined) => {
    if (choice === undefined) return;
    const [id, name] = choice;
    setText('');
    setOpen(false);
    document.getElementById('rows')?.focus();
    void mapRow(table, row, { id, name });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = choices.length - 1;
    if (event.key === 'ArrowDown') setActive(Math.min(last, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter') choose(choices[active]);
    else if (event.key === 'Escape') {
      if (isOpen && text !== '') setText('');
      else {
        setOpen(false);
        document.getElementById('rows')?.focus();
      }
    } else return;
    event.preventDefault();
  };
  useEffect(() => {
    document.getElementById(`choice-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const section = useRef<HTMLElement>(null);
  const hasChoices = choices.length > 0;
  useEffect(() => {
    if (hasChoices) section.current?.scrollIntoView({ block: 'nearest' });
  }, [hasChoices]);
  return (
    <section ref={section} class="picker">
      <h3>
        <label for="picker">Another customer</label> <kbd>c</kbd>
      </h3>
      <input
        id="picker"
        ref={input}
        type="text"
        role="combobox"
        autocomplete="off"
        placeholder="Search all customers by name or id"
        aria-expanded={isOpen}
        aria-controls="choices"
        aria-autocomplete="list"
        aria-activedescendant={isOpen && choices.length > 0 ? `choice-${active}` : undefined}
        value={text}
        onFocus={load}
        onBlur={() => setOpen(false)}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="choices" role="listbox" aria-label="Customers" class="choices" hidden={!isOpen}>
        {choices.map((choice, index) => (
          <div
            key={choice[0]}
            id={`choice-${index}`}
            role="option"
            aria-selected={index === active}
            class="choice"
            // Before the field loses the focus, and with it the list.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(choice);
            }}
          >
            <Name text={choice[1]} />
            <span class="muted">
              {choice[2] ? 'inactive, ' : ''}
              {choice[0]}
            </span>
          </div>
        ))}
      </div>
      {isOpen && choices.length === 0 && (
        <p class="muted" role="status">
          {customers === null ? 'Reading…' : `No customer is called “${visibleText(text, 60)}”.`}
        </p>
      )}
    </section>
  );
}
