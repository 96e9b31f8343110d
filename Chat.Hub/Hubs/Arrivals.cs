using Chat.Contracts;
using Chat.Hub.Attachments;
using Chat.Hub.Delivery;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Chat.Hub.Hubs;

/// <summary>What happens when a connection says its first words: it is attached to its rooms, then told what it missed.</summary>
internal sealed partial class Arrivals(
    RoomLog log, IRoomStore store, IRoomPages pages, Attendance attendance, LiveSessions sessions, SessionUses uses,
    IHubContext<ChatHub, IChatClient> hub, IOptions<RoomLimits> rooms, IOptions<DeliveryOptions> delivery, IOptions<AttachmentOptions> attachments, ChatMetrics metrics, ChatClock time, TimeProvider clock, ILogger<Arrivals> logger)
{
    public async Task<Reply<Connected>> Welcome(Speaker speaker, HubCallerContext connection, Connect request, CancellationToken cancellation)
    {
        var connectionId = connection.ConnectionId;
        if (request.ContractVersion != ChatContract.Version)
            return Refusal.Of(ErrorCode.UnsupportedVersion, $"This server speaks contract version {ChatContract.Version}, not {request.ContractVersion}.");
        if (PageRules.Check(request) is { } mistake) return mistake;
        // Whoever signs in is in the general room, until leaving it by choice.
        if (await store.Greet(speaker.UserId, FirstRooms.General, cancellation) is not { } comer)
            return Refusal.Of(ErrorCode.Unauthenticated, "This user is not known here any more. Sign in again.");
        if (!comer.WasIn && await Introduce(speaker, connectionId, cancellation) is { } refusal) return refusal;

        var device = new Device(connectionId, speaker.UserId, speaker.SessionId, PresenceStatus.Online);
        await attendance.Connect(device, () => store.ComingOf(speaker.UserId, cancellation));
        // After the attach: what happens meanwhile is heard live, what happened before is in this answer. Whoever revoked the
        // session before this is seen here too, and whoever does it later finds the connection.
        var resumed = await store.Resume(speaker.UserId, speaker.SessionId, request.Epoch, request.Known, cancellation);
        if (!sessions.Learn(speaker.SessionId, resumed.Session))
            return Refusal.Of(ErrorCode.Unauthenticated, "This sign-in has ended. Sign in again.");
        uses.Note(speaker.SessionId, request.Client.Length > 0 ? request.Client : null, Origin.Text(connection.GetHttpContext()?.Connection.RemoteIpAddress));
        LogConnected(speaker.UserId, connectionId, request.Client);

        var known = request.Known.Select(head => head.RoomId).Except(resumed.Rooms.Select(room => room.Room.RoomId)).ToList();
        var (deleted, ended) = known.Count is 0 ? ([], []) : await pages.WhyGone(speaker.UserId, known, cancellation);
        return new Connected
        {
            User = comer.User,
            Epoch = store.Epoch,
            ServerTime = time.Now,
            Rooms = resumed.Rooms,
            Invitations = resumed.Invitations,
            Deleted = deleted,
            Ended = ended,
            SessionId = speaker.SessionId,
            Limits = new ServerLimits { MessageTextBytes = rooms.Value.MessageTextBytes, FrameBytes = delivery.Value.FrameBytes, AttachmentBytes = attachments.Value.MostBytes },
        };
    }

    /// <summary>Ends the connection when the answer that is still to be written has had time to leave.</summary>
    public void AbortSoon(HubCallerContext connection)
    {
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                connection.Abort();
                timer?.Dispose();
            },
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
    }

    public Pong Answer(Ping ping)
    {
        if (ping.LastRoundTripMs is >= 0 and < 600_000 and var measured) metrics.RoundTrip.Record(measured);
        return new Pong { ServerTime = time.Now };
    }

    private async Task<Error?> Introduce(Speaker who, string connectionId, CancellationToken cancellation)
    {
        var written = await log.Write(new EnterRoom(who, FirstRooms.General), cancellation);
        if (written.Error is { } refusal) return refusal.Code is ErrorCode.Unavailable ? refusal : null;
        await hub.Clients.Client(connectionId).NoticeGiven(new Notice
        {
            Kind = NoticeKind.Welcome,
            Text = $"Welcome, {who.Name}. You are in the room general; find more rooms in the list.",
            RoomId = FirstRooms.General,
        });
        return null;
    }

    [LoggerMessage(30, LogLevel.Information, "User {UserId} connected as {ConnectionId} with {Client}.")]
    private partial void LogConnected(Guid userId, string connectionId, string client);
}
