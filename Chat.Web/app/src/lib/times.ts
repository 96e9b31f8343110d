const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const thisYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const anyYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export const clockTime = (moment: string): string => clock.format(new Date(moment));

export const fullTime = (moment: string): string => full.format(new Date(moment));

/** Names the local day of a moment: equal keys are the same day. */
export function dayKey(moment: string | Date): string {
  const date = new Date(moment);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** "Today", "Yesterday", or the date. */
export function dayName(moment: string, now = new Date()): string {
  const near = nearDay(moment, now);
  if (near !== '') return near;
  const date = new Date(moment);
  return (date.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(date);
}

/** The time of today, else the day with the time. */
export function briefTime(moment: string, now = new Date()): string {
  const date = new Date(moment);
  const near = nearDay(moment, now);
  if (near === 'Today') return clock.format(date);
  return `${near || (date.getFullYear() === now.getFullYear() ? shortDay : shortDate).format(date)}, ${clock.format(date)}`;
}

/** A length of time in its largest fitting unit, rounded up: never "0 s". */
export function span(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 100 * 60) return `${Math.ceil(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.ceil(seconds / 3600)} h`;
  return `${Math.ceil(seconds / 86_400)} days`;
}

function nearDay(moment: string, now: Date): string {
  const key = dayKey(moment);
  if (key === dayKey(now)) return 'Today';
  return key === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)) ? 'Yesterday' : '';
}
