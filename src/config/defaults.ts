/** Longer than a slow list takes through a gateway that gives up after 60 s itself, shorter than a job scheduler waits. */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** Outlasts a restart behind a load balancer; a longer outage is the caller's to handle. */
export const DEFAULT_MAX_RETRIES = 2;
/** Outlasts Halo's longest published window of 300 s; the rest is slack for clocks and queues. */
export const DEFAULT_MAX_RATE_LIMIT_WAIT_MS = 330_000;
