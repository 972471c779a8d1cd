import { options } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { percent } from '../logic/format.ts';
import { STATUSES } from '../logic/statuses.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { Name } from './name.tsx';

/** On paper there is no scrolling: all rows of the filter, as a plain table, while the browser prints. */
export function PrintTable({ table }: { table: InstanceTable }) {
  const [isPrinting, setPrinting] = useState(false);
  useLayoutEffect(() => {
    // The browser prints as soon as this returns, so nothing may be put off.
    const begin = () => drawnAtOnce(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  if (!isPrinting) return null;
  return (
    <table class="print-table">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Organization</th>
          <th scope="col">Customer in Halo</th>
          <th scope="col">Confidence</th>
        </tr>
      </thead>
      <tbody>
        {table.visibleRows.value.map(({ id, status, name, customer, confidence }) => (
          <tr key={id}>
            <td>{STATUSES[status].label}</td>
            <td>
              <Name text={name} />
            </td>
            <td>{customer !== null && <Name text={customer.name} />}</td>
            <td>{confidence !== null && percent(confidence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function drawnAtOnce(change: () => void): void {
  const before = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  change();
  if (before === undefined) delete options.debounceRendering;
  else options.debounceRendering = before;
}
