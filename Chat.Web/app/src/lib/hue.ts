/** A hue of its own for everybody, the same on every device. */
export function hue(id: string): number {
  let sum = 2166136261;
  for (let i = 0; i < id.length; i++) sum = Math.imul(sum ^ id.charCodeAt(i), 16777619);
  return (sum >>> 0) % 360;
}
