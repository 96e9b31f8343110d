namespace Chat.Bench.Chaos.Clients;

/// <summary>How it stands with a client: light enough to be asked several times a second.</summary>
/// <param name="Name">The client.</param>
/// <param name="IsConnected">Connected, and told that nothing is missing.</param>
/// <param name="Waiting">Messages and other requests that were begun and not answered.</param>
/// <param name="Heads">Of each of its rooms, the version up to which it knows all.</param>
internal sealed record ClientStatus(string Name, bool IsConnected, int Waiting, IReadOnlyDictionary<Guid, long> Heads);
