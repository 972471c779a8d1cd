/** Returns what an action pushes, as it comes, until the action ends. */
export async function* pushedBy<Event>(
  action: (push: (event: Event) => void) => Promise<void>,
): AsyncGenerator<Event> {
  const events: Event[] = [];
  let isOver = false;
  let wake = () => {};
  const push = (event: Event) => {
    events.push(event);
    wake();
  };
  const running = action(push).finally(() => {
    isOver = true;
    wake();
  });
  // Whoever reads the events may be slower than a failure, which is awaited below.
  running.catch(() => undefined);
  for (;;) {
    const event = events.shift();
    if (event !== undefined) yield event;
    else if (isOver) break;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  await running;
}
