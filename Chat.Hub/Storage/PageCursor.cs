using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Chat.Hub.Storage;

/// <summary>Where a page by name ended: opaque to clients.</summary>
internal static class PageCursor
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEF");

    public static string Write(string nameKey, Guid id) => $"{id:N}{Convert.ToHexString(Encoding.UTF8.GetBytes(nameKey))}";

    /// <summary>The cursor of a page asked for; the beginning for null.</summary>
    public static (string NameKey, Guid Id) Read(string? cursor) =>
        cursor is not null && TryRead(cursor, out var place) ? place : ("", Guid.Empty);

    public static bool TryRead(string cursor, [MaybeNullWhen(false)] out (string NameKey, Guid Id) place)
    {
        place = default;
        if (cursor.Length < 32 || !Guid.TryParseExact(cursor[..32], "N", out var id)) return false;
        var hex = cursor.AsSpan(32);
        if (hex.Length % 2 is 1 || hex.ContainsAnyExcept(HexDigits)) return false;
        place = (Encoding.UTF8.GetString(Convert.FromHexString(hex)), id);
        return true;
    }
}
