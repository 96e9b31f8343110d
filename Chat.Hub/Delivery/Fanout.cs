using System.Buffers;
using System.Collections.Concurrent;
using Chat.Hub.Hubs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Hub.Delivery;

/// <summary>
/// Writes to this node's connections. What a room is told is serialised once for each protocol, several messages in one write,
/// and goes from here into their sockets (<see cref="DirectLine"/>); nothing is allocated for a recipient, and nobody waits for one:
/// what a socket does not take now is left to SignalR's way, where <see cref="BudgetedTransport"/> takes every write at once.
/// </summary>
internal sealed class Fanout : HubLifetimeManager<ChatHub>
{
    /// <summary>Bytes after which a write goes out, so that many large messages at once use up nobody's budget.</summary>
    private const int WriteBytes = 32 * 1024;

    private readonly ConcurrentDictionary<string, Listener> connections = new(StringComparer.Ordinal);
    private readonly ListenerBook groups = new();
    private readonly ListenerBook users = new();

    /// <summary>Tells a group several things in their order. Answers to how many connections.</summary>
    public async ValueTask<int> Tell(string group, IReadOnlyList<InvocationMessage> messages)
    {
        var listeners = groups.Of(group);
        if (listeners is []) return 0;
        if (messages.Count is 1)
        {
            await Write(listeners, new SerializedHubMessage(messages[0]));
            return listeners.Length;
        }
        for (var next = 0; next < messages.Count;)
        {
            var first = next;
            List<SerializedMessage> parts = [];
            foreach (var protocol in ProtocolsOf(listeners))
            {
                // All protocols put the same messages into a write; the first says how many.
                var bytes = new ArrayBufferWriter<byte>(4 * 1024);
                var limit = parts is [] ? messages.Count : next;
                for (next = first; next < limit && (parts is not [] || bytes.WrittenCount < WriteBytes); next++) protocol.WriteMessage(messages[next], bytes);
                parts.Add(new SerializedMessage(protocol.Name, bytes.WrittenMemory));
            }
            await Write(listeners, new SerializedHubMessage(parts));
        }
        return listeners.Length;
    }

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var listener = new Listener(connection, connection.Features.Get<DirectLine>());
        connection.Features.Set(new Heard { User = connection.UserIdentifier is { } user ? users.Add(user, listener) : null });
        connections[connection.ConnectionId] = listener;
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connections.TryRemove(connection.ConnectionId, out _);
        var heard = HeardBy(connection);
        lock (heard)
        {
            heard.HasGone = true;
            if (heard.User is { } user) users.Remove(user, connection.ConnectionId);
            foreach (var group in heard.Groups) groups.Remove(group, connection.ConnectionId);
        }
        return Task.CompletedTask;
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (!connections.TryGetValue(connectionId, out var listener)) return Task.CompletedTask;
        var heard = HeardBy(listener.Connection);
        lock (heard)
        {
            if (!heard.HasGone) heard.Groups.Add(groups.Add(groupName, listener));
        }
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        if (!connections.TryGetValue(connectionId, out var listener)) return Task.CompletedTask;
        var heard = HeardBy(listener.Connection);
        lock (heard)
        {
            if (groups.Find(groupName) is { } group && heard.Groups.Remove(group)) groups.Remove(group, connectionId);
        }
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Write([.. connections.Values], Message(methodName, args)).AsTask();

    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Write(Without([.. connections.Values], excludedConnectionIds), Message(methodName, args)).AsTask();

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        connections.TryGetValue(connectionId, out var listener) ? listener.Connection.WriteAsync(new InvocationMessage(methodName, args), cancellationToken).AsTask() : Task.CompletedTask;

    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Write([.. connectionIds.Select(connections.GetValueOrDefault).OfType<Listener>()], Message(methodName, args)).AsTask();

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Write(groups.Of(groupName), Message(methodName, args)).AsTask();

    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Write([.. groupNames.SelectMany(groups.Of)], Message(methodName, args)).AsTask();

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) =>
        Write(Without(groups.Of(groupName), excludedConnectionIds), Message(methodName, args)).AsTask();

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Write(users.Of(userId), Message(methodName, args)).AsTask();

    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        Write([.. userIds.SelectMany(users.Of)], Message(methodName, args)).AsTask();

    private static Heard HeardBy(HubConnectionContext connection) => connection.Features.Get<Heard>()!;

    private static SerializedHubMessage Message(string method, object?[] args) => new(new InvocationMessage(method, args));

    private static Listener[] Without(Listener[] all, IReadOnlyList<string> ids) => [.. all.Where(listener => !ids.Contains(listener.Connection.ConnectionId))];

    private static IEnumerable<IHubProtocol> ProtocolsOf(Listener[] listeners)
    {
        var first = listeners[0].Connection.Protocol;
        var other = Array.Find(listeners, listener => listener.Connection.Protocol != first)?.Connection.Protocol;
        return other is null ? [first] : [first, other];
    }

    // One after the other: what somebody is told next must not overtake what waits for the end of a write to the same connection.
    private static ValueTask Write(Listener[] listeners, SerializedHubMessage message)
    {
        List<Task>? waiting = null;
        byte[]? text = null, binary = null;
        foreach (var (connection, line) in listeners)
        {
            if (line is not null)
            {
                // One protocol of each kind.
                var frame = connection.Protocol.TransferFormat is TransferFormat.Text
                    ? text ??= FrameOf(message, connection.Protocol)
                    : binary ??= FrameOf(message, connection.Protocol);
                if (line.TryWrite(frame)) continue;
            }
            var write = connection.WriteAsync(message);
            if (write.IsCompletedSuccessfully) write.GetAwaiter().GetResult();
            else (waiting ??= []).Add(write.AsTask());
        }
        return waiting is null ? ValueTask.CompletedTask : new(Task.WhenAll(waiting));
    }

    private static byte[] FrameOf(SerializedHubMessage message, IHubProtocol protocol) =>
        WebSocketFrame.Of(message.GetSerializedMessage(protocol).Span, protocol.TransferFormat is TransferFormat.Text);

    /// <summary>What a connection hears, as long as it is there.</summary>
    private sealed class Heard
    {
        public Listeners? User { get; init; }

        public HashSet<Listeners> Groups { get; } = [];

        public bool HasGone { get; set; }
    }
}
