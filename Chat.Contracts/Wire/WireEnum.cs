using System.Collections.Frozen;
using System.Text.Json;

namespace Chat.Contracts.Wire;

/// <summary>
/// How an enum travels: as its name in snake_case. A name that is not known reads as the enum's zero (<c>Unknown</c>), so
/// that an older client lives on beside a newer server.
/// </summary>
internal static class WireEnum<T> where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

    private static readonly FrozenDictionary<string, T> Values =
        Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public static string ToWire(T value) => Names.TryGetValue(value, out var name) ? name : Names[default];

    public static T FromWire(string? name) =>
        name is not null && Values.TryGetValue(name, out var value) ? value : default;
}
