using System.Globalization;
using System.Text;
using Chat.Contracts;

namespace Chat.Hub.Rooms;

/// <summary>Names of rooms and people: how long, of what, and when two are the same.</summary>
internal static class Names
{
    public const int LongestUser = 40;
    public const int LongestRoom = 80;
    public const int LongestTopic = 500;
    public const int LongestStatus = 100;

    /// <summary>Comes after every character that a name may have, so that the names that begin with a text are before text + this.</summary>
    public const string Last = "\U0010FFFF";

    /// <summary>Two names with the same key are the same name.</summary>
    public static string Key(string name) => name.ToLowerInvariant();

    public static Error? CheckUser(string name) => Check("name", name, LongestUser);

    public static Error? CheckRoom(string name) => Check("name", name, LongestRoom);

    public static Error? CheckTopic(string topic) =>
        topic.Length > LongestTopic ? Refusal.Invalid("topic", $"at most {LongestTopic} characters.")
        : topic.EnumerateRunes().Any(IsUnseen) ? Refusal.Invalid("topic", "no control characters.")
        : null;

    /// <summary>What somebody says of itself.</summary>
    public static Error? CheckStatus(string text) =>
        text.Length > LongestStatus ? Refusal.Invalid("text", $"at most {LongestStatus} characters.")
        : text.EnumerateRunes().Any(IsUnseen) ? Refusal.Invalid("text", "no line breaks or control characters.")
        : null;

    private static Error? Check(string field, string name, int longest) =>
        name.Length is 0 || name != name.Trim() ? Refusal.Invalid(field, "must not be empty, nor begin or end with white space.")
        : name.Length > longest ? Refusal.Invalid(field, $"at most {longest} characters.")
        : name.EnumerateRunes().Any(IsUnseen) || HasStrayJoiner(name) || name.Any(c => char.IsWhiteSpace(c) && c is not ' ') ? Refusal.Invalid(field, "no control characters, line breaks or marks that cannot be seen.")
        : null;

    // U+200D and U+FE0F build emoji; between letters they only make two names look alike.
    private static bool HasStrayJoiner(string name)
    {
        var before = default(Rune);
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value is 0x200D or 0xFE0F && Rune.GetUnicodeCategory(before) is not (UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol) && before.Value is not 0xFE0F) return true;
            before = rune;
        }
        return false;
    }

    // Bidirectional overrides, zero-width marks and blanks that count as letters make two names look alike.
    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.Format => rune.Value != 0x200D,
        _ => rune == Rune.ReplacementChar || rune.Value is 0x034F or 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0,
    };
}
