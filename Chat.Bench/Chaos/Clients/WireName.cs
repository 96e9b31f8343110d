using System.Text.Json;

namespace Chat.Bench.Chaos.Clients;

/// <summary>Codes as they are on the wire.</summary>
internal static class WireName
{
    public static string Of<T>(T code) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
