using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Operations;

/// <summary>
/// Empties the node before it stops: nobody new comes in, each client is told to go at its own moment, what was sent is
/// answered, and who is still there at the end is closed with the reason.
/// </summary>
internal sealed partial class Drain(
    DrainState state, Connections connections, IHubContext<ChatHub, IChatClient> hub, IOptions<DrainingOptions> options, TimeProvider clock, ILogger<Drain> logger)
{
    // A hundred clients a second and node: what the others take in without being slow to anybody.
    private static readonly TimeSpan PerClient = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends when the node is empty, or at the end of the grace, or when <paramref name="hurry"/> is cancelled.</summary>
    public async Task Run(CancellationToken hurry)
    {
        state.IsDraining = true;
        var began = clock.GetTimestamp();
        var ids = connections.Ids;
        LogBegins(ids.Count);
        await Task.WhenAll(ids.Select(Tell));
        await UntilEmpty(began, hurry);
        var left = connections.Ids;
        LogEnds(left.Count);
        await Task.WhenAll(left.Select(id => connections.Close(id, CloseCode.Draining)));

        Task Tell(string id) => hub.Clients.Client(id).Draining(new Draining { ReconnectAfterMs = MomentOf(ids.Count) });
    }

    private long MomentOf(int clients) =>
        Random.Shared.NextInt64((long)Math.Min(options.Value.SpreadSeconds * 1000, clients * PerClient.TotalMilliseconds) + 1);

    private async Task UntilEmpty(long began, CancellationToken hurry)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (!connections.IsEmpty && clock.GetElapsedTime(began) < TimeSpan.FromSeconds(options.Value.GraceSeconds))
                await timer.WaitForNextTickAsync(hurry);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            // Asked for twice: now.
        }
    }

    [LoggerMessage(80, LogLevel.Information, "The node drains: {Count} connections are asked to move.")]
    private partial void LogBegins(int count);

    [LoggerMessage(81, LogLevel.Information, "The node is drained: {Count} connections are left to close.")]
    private partial void LogEnds(int count);
}

/// <summary>Whether the node is on its way out.</summary>
internal sealed class DrainState
{
    private volatile bool isDraining;

    public bool IsDraining
    {
        get => isDraining;
        set => isDraining = value;
    }
}
