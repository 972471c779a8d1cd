import { ConsoleProblem } from './console-problem.ts';
import type { InstanceConnection } from './instance-connection.ts';
import { Workspace } from './workspace.ts';

/** Browser tabs whose work is kept; more are open by mistake, and the one not used for longest gives way. */
const MOST_TABS = 20;

/**
 * One workspace per browser tab and instance: what one tab decides, another does not see before it is saved, as with two
 * people at two machines.
 */
export class Workspaces {
  readonly #connections: ReadonlyMap<string, InstanceConnection>;
  readonly #by: string | undefined;
  /** The one not used for longest first. */
  readonly #tabs = new Map<string, Map<string, Workspace>>();

  constructor(connections: ReadonlyMap<string, InstanceConnection>, by: string | undefined) {
    this.#connections = connections;
    this.#by = by;
  }

  connection(instance: string): InstanceConnection {
    const connection = this.#connections.get(instance);
    if (connection !== undefined) return connection;
    throw new ConsoleProblem(404, 'NO_SUCH_INSTANCE', `There is no instance ${instance}.`);
  }

  /**
   * Returns the workspace of a tab; a new one where there is none, or where the settings lead to another Halo now.
   *
   * @throws {ConsoleProblem} when the instance has no usable settings
   */
  of(tab: string, instance: string): Workspace {
    const connection = this.connection(instance);
    const workspaces = this.#tab(tab);
    const known = workspaces.get(instance);
    if (known !== undefined && known.host === connection.client.host) return known;
    const workspace = new Workspace({ connection, by: this.#by });
    workspaces.set(instance, workspace);
    return workspace;
  }

  #tab(id: string): Map<string, Workspace> {
    const tab = this.#tabs.get(id) ?? new Map<string, Workspace>();
    this.#tabs.delete(id);
    this.#tabs.set(id, tab);
    const [oldest] = this.#tabs.keys();
    if (this.#tabs.size > MOST_TABS && oldest !== undefined) this.#tabs.delete(oldest);
    return tab;
  }
}
