import { describe, expect, it } from 'vitest';
import { pushedBy } from '../../src/console/event-stream.ts';

/** An action that a test leads step by step. */
function ledAction() {
  let push: (event: string) => void = () => undefined;
  let end = () => {};
  let fail: (reason: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const action = (pushEvent: (event: string) => void) => {
    push = pushEvent;
    return ended;
  };
  return { action, push: (event: string) => push(event), end, fail };
}

const value = (event: string) => ({ value: event, done: false });
const over = { value: undefined, done: true };

describe('what an action pushes', () => {
  it('comes in order, whether it was pushed before it was asked for or after', async () => {
    const led = ledAction();
    const events = pushedBy<string>((push) => {
      push('at once');
      push('and again');
      return led.action(push);
    });
    expect(await events.next()).toEqual(value('at once'));
    expect(await events.next()).toEqual(value('and again'));
    const waiting = events.next();
    led.push('later');
    expect(await waiting).toEqual(value('later'));
    led.push('last');
    led.end();
    expect(await events.next()).toEqual(value('last'));
    expect(await events.next()).toEqual(over);
  });

  it('ends with the action, also while somebody waits', async () => {
    const led = ledAction();
    const events = pushedBy(led.action);
    const waiting = events.next();
    led.end();
    expect(await waiting).toEqual(over);
  });

  it('comes before the failure of the action, however slow the reader is', async () => {
    const led = ledAction();
    const events = pushedBy(led.action);
    const first = events.next();
    led.push('one');
    led.push('two');
    led.fail(new Error('broken off'));
    // A failure that nobody awaits yet must not end the program.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await first).toEqual(value('one'));
    expect(await events.next()).toEqual(value('two'));
    await expect(events.next()).rejects.toThrow('broken off');
    expect(await events.next()).toEqual(over);
  });

  it('may be left by its reader: the action goes on, and its failure is nobody’s', async () => {
    const led = ledAction();
    for await (const event of pushedBy<string>((push) => {
      push('one');
      return led.action(push);
    })) {
      expect(event).toBe('one');
      break;
    }
    led.push('two');
    led.fail(new Error('nobody hears this'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('is nothing where the action fails at once', async () => {
    const events = pushedBy(() => Promise.reject(new Error('at once')));
    await expect(events.next()).rejects.toThrow('at once');
  });
});
