/** A path under Halo's `/api`, with the template that errors and logs show in its place. */
export interface HaloPath {
  /** Encoded, starting with a slash: `/Client/42`. */
  readonly path: string;
  /** `/Client/{id}` */
  readonly template: string;
}
