const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const thisYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const anyYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });

export const clockTime = (moment: string): string => clock.format(new Date(moment));

export const fullTime = (moment: string): string => full.format(new Date(moment));

/** Names the local day of a moment: equal keys are the same day. */
export function dayKey(moment: string | Date): string {
  const date = new Date(moment);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** "Today", "Yesterday", or the date. */
export function dayName(moment: string, now = new Date()): string {
  const key = dayKey(moment);
  if (key === dayKey(now)) return 'Today';
  if (key === dayKey(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1))) return 'Yesterday';
  const date = new Date(moment);
  return (date.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(date);
}
