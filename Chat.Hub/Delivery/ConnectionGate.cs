using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Chat.Contracts;
using Chat.Hub.Operations;
using Chat.Hub.Rooms;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Delivery;

/// <summary>Counts connections by node, address and user, and turns away what is above the limits.</summary>
internal sealed class ConnectionGate(IOptions<DeliveryOptions> options, Connections connections, DrainState drain, ChatMetrics metrics, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<object, int> counts = [];
    private int all;

    /// <summary>Whether the process is on its way out.</summary>
    public bool IsStopping => drain.IsDraining || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Refuses a negotiation or connection that is above a limit; else lets it through.</summary>
    public Task Admit(HttpContext http, RequestDelegate next)
    {
        // Before all: what an open connection sends or fetches goes on until it is closed.
        if (connections.Owns(http)) return next(http);
        var isNegotiated = !http.Request.Path.Value!.EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase) && http.Request.Query["id"] is [{ Length: > 0 }];
        // A client that was let in now would only hold up the stop. One that negotiated elsewhere hears "not here", which lets
        // a proxy ask on; at 503 it would leave this node alone for a while, and those who are still here without WebSocket too.
        if (IsStopping) return isNegotiated ? Refuse(http, 404, ErrorCode.NotFound, "This connection is not here.") : Refuse(http, 503, ErrorCode.Unavailable, "This node stops.");
        // A request with an id belongs to a connection that was let in already. Only Enter, which counts, is exact.
        if (isNegotiated) return next(http);
        var limits = options.Value;
        return
            Volatile.Read(ref all) >= limits.ConnectionsPerNode ? Refuse(http, 503, ErrorCode.Unavailable, "This node is full.")
            : Count(AddressOf(http)) >= limits.ConnectionsPerAddress ? Refuse(http, 429, ErrorCode.RateLimited, "Too many connections from this address.")
            : Count(UserOf(http.User)) >= limits.ConnectionsPerUser ? Refuse(http, 429, ErrorCode.RateLimited, "Too many connections of this user.")
            : next(http);
    }

    /// <summary>Counts a connection until the result is disposed; null when it is one too many.</summary>
    public IDisposable? Enter(HttpContext? http)
    {
        var limits = options.Value;
        (object Key, int Most)[] counted = http is null ? [] : [(AddressOf(http), limits.ConnectionsPerAddress), (UserOf(http.User), limits.ConnectionsPerUser)];
        var entered = new Leaving(this, [.. counted.Select(pair => pair.Key)]);
        var isTooMany = Interlocked.Increment(ref all) > limits.ConnectionsPerNode;
        foreach (var (key, most) in counted) isTooMany |= counts.AddOrUpdate(key, 1, (_, count) => count + 1) > most;
        if (!isTooMany) return entered;
        entered.Dispose();
        return null;
    }

    private int Count(object key) => counts.GetValueOrDefault(key);

    private static IPAddress AddressOf(HttpContext http) => http.Connection.RemoteIpAddress ?? IPAddress.None;

    private static string UserOf(ClaimsPrincipal user) => user.FindFirstValue("sub") ?? "";

    private Task Refuse(HttpContext http, int status, ErrorCode code, string message)
    {
        metrics.Refused(status);
        return HttpReplies.Write(http, status, Refusal.Of(code, message, RetryAfter));
    }

    private sealed class Leaving(ConnectionGate gate, object[] keys) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref gate.all);
            foreach (var key in keys)
            {
                if (gate.counts.AddOrUpdate(key, 0, (_, count) => count - 1) is 0)
                    gate.counts.TryRemove(KeyValuePair.Create(key, 0));
            }
        }
    }
}
