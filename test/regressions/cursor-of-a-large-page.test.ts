import { expect, it } from 'vitest';
import { createMemoryRig, json, status } from '../faults/memory-rig.ts';

it('a listing with a huge pageSize that fails on its first page can be resumed from its own cursor', async () => {
  const rig = createMemoryRig({ api: [status(404)] });
  const listing = rig.halo.clients.list({}, { pageSize: Number.MAX_SAFE_INTEGER });
  const error = await rig.settle(listing.toArray().catch((reason: unknown) => reason));
  const { cursor } = (error as { listing: { cursor: string } }).listing;
  rig.reply({ api: [json({ record_count: 1, clients: [{ id: 1, name: 'Northwind' }] })] });
  expect(await rig.settle(rig.halo.clients.list({}, { from: cursor }).toArray())).toHaveLength(1);
});
