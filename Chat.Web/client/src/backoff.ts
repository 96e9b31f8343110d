/** A number from 0 to below 1, as `Math.random` gives it. */
export type Chance = () => number;

/**
 * How long to wait before try number `attempt` (from 0), in milliseconds: anywhere between 0 and a bound that doubles
 * from 0.5 s to 30 s. Without the chance all clients of a lost node would come back in the same moment.
 */
export function fullJitter(attempt: number, chance: Chance): number {
  return chance() * Math.min(30_000, 500 * 2 ** Math.min(attempt, 16));
}
