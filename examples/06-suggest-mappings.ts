/** Maps organization names to customers without any network, and prints why. Its output stands in docs/mapping.md. */
import { suggestMappings } from 'halo-psa/mapping';

const customers = [
  { id: 11, name: 'Marks & Spencer' },
  { id: 12, name: 'Royal National Lifeboat Institution' },
  { id: 13, name: 'South Shore Dental' },
  { id: 14, name: 'Acme Inc' },
  { id: 15, name: 'Harborside Medical Center' },
];
const organizations = [
  { id: 'a', name: 'Marks and Spencer plc' },
  { id: 'b', name: 'RNLI' },
  { id: 'c', name: 'North Shore Dental' },
  { id: 'd', name: 'Acme Ltd' },
  { id: 'e', name: 'Harbourside Medical Centre' },
];

for (const suggestion of suggestMappings(organizations, customers).suggestions) {
  const { organization, status, customer, confidence, evidence } = suggestion;
  console.log(`${organization.name}: ${status} ${customer?.name ?? '-'} (${Math.floor(confidence * 100)} %)`);
  const reasons = evidence.filter(({ kind }) => kind !== 'start'); // the same for every pair
  const strongest = reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 2);
  for (const { weight, label, detail } of strongest)
    console.log(`   ${weight.toFixed(1)} ${label}${detail === undefined ? '' : `: ${detail}`}`);
}
