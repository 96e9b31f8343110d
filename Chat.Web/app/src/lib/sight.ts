/** A message in the page, and how far below the top of the list it is. */
export interface Seen {
  readonly element: Element;
  readonly seq: number;
  readonly top: number;
}

/** The message that is read first in the list as it is scrolled now. */
export function firstSeen(list: HTMLElement): Seen | null {
  const edge = list.getBoundingClientRect().top;
  for (const element of list.querySelectorAll('[data-seq]')) {
    const box = element.getBoundingClientRect();
    if (box.bottom > edge) return { element, seq: Number(element.getAttribute('data-seq')), top: box.top - edge };
  }
  return null;
}

/** Scrolls so that the element is this far below the top of the list. */
export function putAt(list: HTMLElement, element: Element, top: number): void {
  const off = element.getBoundingClientRect().top - list.getBoundingClientRect().top - top;
  if (Math.abs(off) >= 0.5) list.scrollTop += off;
}

export const rowOf = (list: HTMLElement, seq: number): Element | null => list.querySelector(`[data-seq="${seq}"]`);

export const toBottom = (list: HTMLElement): void => void (list.scrollTop = list.scrollHeight);

export const below = (list: HTMLElement): number => list.scrollHeight - list.scrollTop - list.clientHeight;
