using System.Text.Json;
using Chat.Contracts;

namespace Chat.Bench.Chaos.Clients;

/// <summary>Codes as they are on the wire.</summary>
internal static class WireName
{
    public static string Of(ErrorCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
