using System.Globalization;
using System.Text;

namespace Chat.Hub.Rooms;

/// <summary>What counts as an emoji: one character as people see it (UAX #29), built on a pictograph, a flag or a keycap.</summary>
internal static class Emoji
{
    private const int Longest = 40;
    private const int KeycapMark = 0x20E3;

    public static bool IsOne(string text)
    {
        if (text.Length is 0 or > Longest || StringInfo.GetNextTextElementLength(text) != text.Length) return false;
        var runes = text.EnumerateRunes().ToList();
        return runes.TrueForAll(rune => rune != Rune.ReplacementChar && !Rune.IsControl(rune))
            && (IsPictograph(runes[0]) || (runes[0].Value is >= '0' and <= '9' or '#' or '*' && runes[^1].Value is KeycapMark));
    }

    private static bool IsPictograph(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.OtherNotAssigned && rune.Value >= 0xA9
        || rune.Value is 0x203C or 0x2049 or 0x3030 or 0x303D or (>= 0x2190 and <= 0x21FF) or (>= 0x2900 and <= 0x297F) or (>= 0x25AA and <= 0x25FE);
}
