import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { follow, onAbort } from '../../src/wire/on-abort.ts';

describe('onAbort', () => {
  it('runs once when the signal aborts, and leaves no listener', () => {
    const controller = new AbortController();
    const run = vi.fn();
    onAbort(controller.signal, run);
    expect(run).not.toHaveBeenCalled();
    controller.abort();
    expect(run).toHaveBeenCalledTimes(1);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('runs at once where the signal has aborted', () => {
    const run = vi.fn();
    onAbort(AbortSignal.abort(), run);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('never runs after it was taken back, nor without a signal', () => {
    const controller = new AbortController();
    const run = vi.fn();
    onAbort(controller.signal, run)();
    onAbort(undefined, run)();
    controller.abort();
    expect(run).not.toHaveBeenCalled();
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});

it('follow hands on the very reason', () => {
  const caller = new AbortController();
  const own = new AbortController();
  const reason = new Error('enough');
  follow(caller.signal, own);
  caller.abort(reason);
  expect(own.signal.reason).toBe(reason);
});
