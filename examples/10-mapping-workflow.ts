/** From suggestion to saved mapping and back, on two instances. Two fake Halos stand in for real ones, so it just runs. */
import { createHaloInstances, formatVerification, type HaloClientConfig } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
import { createMappingWorkflow, createMemoryStore } from 'halo-psa/workflow';

const team = { teams: [{ id: 1, name: 'First Line' }], agents: [{ id: 3, name: 'Jane Doe' }] };
const clients = [
  { id: 11, name: 'Marks & Spencer' },
  { id: 12, name: 'Bolton Widgets Ltd' },
  { id: 13, name: 'Westward Logistics plc' },
];
const uk = createFakeHalo({ ...team, resourceServer: 'https://uk.halopsa.example', tenantId: 'uk', clients });
const us = createFakeHalo({ ...team, resourceServer: 'https://us.halopsa.example', tenantId: 'us', clients });
const settingsOf = (fake: typeof uk): HaloClientConfig => ({ ...fake.config, fetch: fake.fetch });

/** What happens to customers: one is renamed, one merged into a new one, one goes out of use. */
function aWeekPasses() {
  uk.tables.clients.set(11, { name: 'M&S Group' });
  uk.tables.clients.delete(12);
  uk.tables.clients.add({ name: 'Bolton Widgets and Gaskets Ltd' });
  uk.tables.clients.set(13, { inactive: true });
}

// One client for each instance; a real program says createHaloInstances(instancesFromEnv()).
await using halos = createHaloInstances({ uk: settingsOf(uk), us: settingsOf(us) });
for (const report of Object.values(await halos.verifyAll())) console.log(formatVerification(report), '\n');

for (const [name, halo] of halos) {
  const names = ['Marks and Spencer', 'Bolton Widgets', 'Westward Logistics', 'Our Own Office'];
  const organizations = names.map((name, index) => ({ id: `rmm-${index + 1}`, name }));
  // A real program says createJsonFileStore(`mapping-${name}.json`), from halo-psa/stores.
  const store = createMemoryStore();
  const workflow = createMappingWorkflow({ halo, organizations: () => organizations, store, by: 'kim' });

  await workflow.refresh();
  for (const { organization, status, customer, confidence } of (await workflow.suggest()).suggestions)
    console.log(name, organization.name, status, customer?.name ?? '-', `${Math.floor(confidence * 100)} %`);

  workflow.acceptSuggestions({ status: 'matched' });
  workflow.acceptSuggestions({ status: 'review' }); // after a person has looked
  workflow.ignore('rmm-4');
  for (const { kind, text } of workflow.changes()) console.log(name, kind, text);
  await workflow.save();

  if (name === 'uk') aWeekPasses();
  const { stale } = await workflow.refresh();
  for (const { organizationId, organizationName, customerName, reason, successor } of stale) {
    console.log(name, organizationName, reason, customerName, '|', successor?.text ?? 'no successor');
    if (successor === null) workflow.unmap(organizationId);
    else workflow.map(organizationId, successor.customerId); // after a person has looked
  }
  console.log(name, await workflow.save(), workflow.check({ maxUnmatched: 1 }));
}
