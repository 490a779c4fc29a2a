/** A model that wrote nothing of use may do better with the next answer; an endpoint that failed is left alone for a while. */
export type Fault = 'refused' | 'useless';

/** An error with its fault. */
export const faulty = (fault: Fault, message: string): Error =>
  Object.assign(new Error(message), { fault });

/** The fault of an error; undefined when the endpoint itself has failed. */
export const faultOf = (error: unknown): Fault | undefined =>
  // Only faulty() makes errors with one.
  error instanceof Error && 'fault' in error ? (error.fault as Fault) : undefined;
