using Chat.Contracts;
using Chat.Contracts.Wire;

namespace Chat.Hub.Storage;

/// <summary>What a bot may do, as the stores and tokens keep it: names with commas between.</summary>
internal static class BotScopeNames
{
    public static string Write(IEnumerable<BotScope> scopes) => string.Join(',', scopes.Distinct().Select(WireEnum<BotScope>.ToWire));

    public static IReadOnlyList<BotScope> Read(string scopes) =>
        [.. scopes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(WireEnum<BotScope>.FromWire).Where(scope => scope is not BotScope.Unknown)];
}
