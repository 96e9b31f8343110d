using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Hubs;
using Chat.Hub.Presence;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Nodes;

/// <summary>
/// Acts on a connection or on all connections of a user, wherever they are: at once here and through Redis, and through the
/// store where Redis is away.
/// </summary>
internal sealed partial class Reach(
    IHubContext<ChatHub, IChatClient> hub, Attendance attendance, Connections connections, LiveSessions sessions, Backplane backplane, INews news,
    TimeProvider clock, ILogger<Reach> logger)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, long> done = [];

    /// <summary>Has the order carried out on all nodes: within 1 s, within 5 s while Redis is away.</summary>
    /// <exception cref="StoreUnavailableException">The nodes that Redis reaches do it; whether others will is not known.</exception>
    public async Task Give(Order order)
    {
        backplane.Say(new OrderGiven(order));
        Hear(order);
        await news.Give(order.Id, JsonSerializer.Serialize(order, NodeProtocol.NodeJson), CancellationToken.None);
    }

    /// <summary>Takes an order that was given on another node.</summary>
    public void Hear(Order order) => _ = CarryOut(order).ContinueWith(
        task => LogNotDone(task.Exception!, order.Id), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Takes an order as the store keeps it.</summary>
    public void Hear(string order) => Hear(JsonSerializer.Deserialize<Order>(order, NodeProtocol.NodeJson)!);

    // An order comes by both ways, and is carried out once.
    private async Task CarryOut(Order order)
    {
        if (!done.TryAdd(order.Id, clock.GetTimestamp())) return;
        foreach (var (id, at) in done)
        {
            if (clock.GetElapsedTime(at) > Remembered) done.TryRemove(id, out _);
        }

        if (order is { LeaveRoomId: { } roomId, UserId: { } userId }) await attendance.Detach(userId, roomId);
        if (order is { Text: { } text, UserId: { } speaker }) await attendance.Say(speaker, text);
        foreach (var sessionId in order.EndedSessions) sessions.End(sessionId);
        await Task.WhenAll(ConnectionsOf(order).Select(id => CarryOut(order, id)));
    }

    private async Task CarryOut(Order order, string connectionId)
    {
        if (order.Notice is { } notice) await hub.Clients.Client(connectionId).NoticeGiven(notice);
        if (order.Invitation is { } invitation) await hub.Clients.Client(connectionId).InvitationGiven(invitation);
        if (order.InvitationEnded is { } ended) await hub.Clients.Client(connectionId).InvitationEnded(ended);
        if (order.Close is { } code) await connections.Close(connectionId, code);
        if (order is { EndedSessions.Count: > 0, UserId: { } userId }) await EndSessions(order.EndedSessions, userId, connectionId);
    }

    private async Task EndSessions(IReadOnlyList<Guid> ended, Guid userId, string connectionId)
    {
        if (attendance.SessionOf(userId, connectionId) is { } own && ended.Contains(own))
        {
            await connections.Close(connectionId, CloseCode.SessionRevoked);
            return;
        }
        foreach (var sessionId in ended) await hub.Clients.Client(connectionId).SessionRevoked(new SessionRevoked { SessionId = sessionId });
    }

    private IReadOnlyCollection<string> ConnectionsOf(Order order) =>
        order.ConnectionId is { } id ? [id] : order.UserId is { } userId ? attendance.ConnectionsOf(userId) : [];

    [LoggerMessage(72, LogLevel.Error, "Order {OrderId} of another node was not carried out.")]
    private partial void LogNotDone(Exception exception, Guid orderId);
}
