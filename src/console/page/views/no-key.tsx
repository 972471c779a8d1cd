/** What is shown to whoever comes without the key. */
export function NoKey() {
  return (
    <main class="no-key">
      <h1>Halo PSA mapping console</h1>
      <p>
        Open the address that the terminal shows. It holds the key, which this address lacks; a bookmark of an
        earlier console does not open a new one.
      </p>
    </main>
  );
}
