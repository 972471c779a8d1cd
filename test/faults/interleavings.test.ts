import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createMemoryRig,
  grant,
  healthyApi,
  type MemoryCall,
  type MemoryContext,
  type Reply,
  status,
} from './memory-rig.ts';
import { turns } from './rig.ts';

type Answer = (call: MemoryCall, context: MemoryContext) => Response;

/** A caller: what it asks for, and whether it leaves. */
const callers = fc.array(
  fc.record({
    kind: fc.constantFrom('read', 'create', 'delete'),
    leaves: fc.boolean(),
    revokes: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('in every order in which answers, aborts and revocations can come', () => {
  it('who stays is served, who leaves gets its own reason, each revocation costs one token, and no write is doubled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), callers, async (scheduler, program) => {
        const sent = new Map<string, number>();
        const accepted = new Map<string, number>();
        let valid = 0;
        let revocations = 0;
        const scheduled =
          (label: string, answer: Answer): Reply =>
          async (call, context) => {
            await scheduler.schedule(Promise.resolve(), label);
            return answer(call, context);
          };
        const rig = createMemoryRig({
          token: [scheduled('token', grant() as Answer)],
          api: [
            scheduled('answer', (call, context) => {
              const name = call.init.method === 'POST' ? String(call.init.body) : undefined;
              if (name !== undefined) sent.set(name, (sent.get(name) ?? 0) + 1);
              if (call.bearer !== context.canaries.token(valid)) return status(401);
              if (name !== undefined) accepted.set(name, (accepted.get(name) ?? 0) + 1);
              return (healthyApi as Answer)(call, context);
            }),
          ],
        });
        const wrong: string[] = [];
        const calls = program.map(async ({ kind, leaves, revokes }, index) => {
          await scheduler.schedule(Promise.resolve(), kind);
          const controller = new AbortController();
          const reason = new RangeError(`left ${index}`);
          const options = { signal: controller.signal };
          const { clients } = rig.halo;
          const call =
            kind === 'read'
              ? clients.get(1, options)
              : kind === 'create'
                ? clients.create({ name: `n${index}` }, options)
                : clients.delete(1, options);
          const settled = call.then(
            () => undefined,
            (error: unknown) => {
              const mayFail =
                (error as { code?: string }).code === 'HALO_PERMISSION_UNAUTHORIZED' && revocations > 1;
              if (!(leaves && error === reason) && !mayFail) wrong.push(`${kind} ${index}: ${String(error)}`);
            },
          );
          // One revocation at a time: a token that is revoked as soon as it was renewed is another story.
          if (revokes && revocations === 0) {
            await scheduler.schedule(Promise.resolve(), 'revoke');
            if (revocations === 0 && rig.tokenCalls.length > 0) {
              revocations += 1;
              valid = rig.tokenCalls.length;
            }
          }
          if (leaves) {
            await scheduler.schedule(Promise.resolve(), 'leave');
            controller.abort(reason);
          }
          await settled;
        });
        await scheduler.waitFor(Promise.all(calls));
        await scheduler.waitIdle();
        await turns(2);
        expect(wrong).toEqual([]);
        expect(rig.tokenCalls.length).toBeLessThanOrEqual(1 + revocations + 1);
        for (const times of accepted.values()) expect(times).toBe(1);
        for (const times of sent.values()) expect(times).toBeLessThanOrEqual(2);
        await rig.halo.close();
        expect(rig.clock.pending()).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
