using System.Text;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>What a message's text may be.</summary>
internal static class Texts
{
    public static Error? Check(string text, RoomLimits limits)
    {
        // One char is at most 3 bytes of UTF-8 and at least 1: count only where it can matter.
        if (text.Length > limits.MessageTextBytes || Encoding.UTF8.GetByteCount(text) > limits.MessageTextBytes)
            return Refusal.Of(ErrorCode.TooLarge, $"text: at most {limits.MessageTextBytes:N0} bytes of UTF-8.");
        if (string.IsNullOrWhiteSpace(text))
            return Refusal.Invalid("text", "must not be empty.");
        return CheckCharacters(text);
    }

    /// <summary>No control characters but tab and line breaks, and no half characters.</summary>
    public static Error? CheckCharacters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r'))
                return Refusal.Invalid("text", $"control character U+{(int)c:X4} at position {i}.");
            if (!char.IsSurrogate(c)) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(c, text[i + 1]))
                return Refusal.Invalid("text", $"half a character (U+{(int)c:X4}) at position {i}.");
            i++;
        }
        return null;
    }
}
