using System.Globalization;
using System.Text;

namespace Chat.Hub.Attachments;

/// <summary>What a file is called. Only for people: nothing is decided by it, and no path is made of it.</summary>
internal static class FileNames
{
    private const int LongestName = 200;

    /// <summary>The last part of a path, without what cannot be seen; "file" where nothing is left.</summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var clean = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > LongestName) break;
            if (IsSeen(rune)) clean.Append(rune);
        }
        var text = clean.ToString().Trim();
        return text.Trim('.').Length is 0 ? "file" : text;
    }

    // Bidirectional overrides turn "exe.gpj" into something that reads as a picture.
    private static bool IsSeen(Rune rune) => rune != Rune.ReplacementChar && (rune.Value is 0x200D || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned));
}
