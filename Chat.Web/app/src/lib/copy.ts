/** Puts a text on the clipboard; answers whether it could. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Only pages over https have the clipboard; the old way works on the others.
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    // Inside a modal dialog: what is outside of it cannot be selected.
    const home = document.querySelector('dialog:modal') ?? document.body;
    home.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
