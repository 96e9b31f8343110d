import { ChatError } from './errors.js';

const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const halfCharacters = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Bytes of the text in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Why the server would refuse this text; null when it would not. Files may come without words. */
export function checkText(text: string, maxBytes: number, hasFiles = false): ChatError | null {
  if (text.trim() === '' && !(hasFiles && text === '')) return new ChatError('invalid', 'text: must not be empty.');
  // A UTF-16 unit is at most 3 bytes: count only where it can matter.
  if (text.length * 3 > maxBytes && utf8Length(text) > maxBytes)
    return new ChatError('too_large', `text: at most ${maxBytes} bytes of UTF-8.`);
  if (controlCharacters.test(text)) return new ChatError('invalid', 'text: control characters are not allowed.');
  if (halfCharacters.test(text)) return new ChatError('invalid', 'text: half a character.');
  return null;
}
