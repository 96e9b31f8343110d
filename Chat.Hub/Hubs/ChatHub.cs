using System.Diagnostics.CodeAnalysis;
using Chat.Contracts;
using Chat.Hub.Delivery;
using Chat.Hub.Integrations;
using Chat.Hub.Nodes;
using Chat.Hub.Operations;
using Chat.Hub.Presence;
using Chat.Hub.Rooms;
using Chat.Hub.SignIn;
using Chat.Hub.Storage;
using Chat.Hub.Streams;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Hub.Hubs;

/// <summary>The door: says who asks and hands on. Rules are in Rooms, memory in Storage, sending in Delivery.</summary>
internal sealed partial class ChatHub(
    RoomLog log, IRoomStore store, IRoomPages pages, Entrance entrance, MentionLookup mentions, Finder finder, Attendance attendance, Roster roster, People people,
    Sessions sessions, Backplane backplane, ChangeLimiter limiter, Arrivals arrivals, OpenStreams streams, Webhooks webhooks, ChatClock time) : Hub<IChatClient>, IChatHub
{
    private Speaker? speaker;

    // A hub lives for one call, and most calls ask more than once.
    private Speaker Speaker => speaker ??= ChatClaims.SpeakerOf(Context.User!);

    /// <summary>Where <see cref="GuardedProtocol"/> sends a call that it could not read: answers the reason.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "A hub method is an instance method.")]
    public Task<Reply> RefuseCall(Error reason) => Task.FromResult<Reply>(reason);

    /// <summary>Where <see cref="GuardedProtocol"/> sends a frame that it could not read: closes with the reason.</summary>
    public async Task RejectFrame(CloseCode code)
    {
        await Clients.Caller.Closing(Closings.Of(code));
        Context.Abort();
    }

    public async Task<Reply<Connected>> Connect(Connect request)
    {
        var reply = await arrivals.Welcome(Speaker, Context, request, Context.ConnectionAborted);
        switch (reply.Error)
        {
            case null:
                Context.Features.GetRequiredFeature<Liveness>().IsIntroduced = true;
                break;
            case { Code: ErrorCode.UnsupportedVersion }:
                await CloseAfterReply(CloseCode.UnsupportedVersion);
                break;
            case { Code: ErrorCode.Unauthenticated }:
                await CloseAfterReply(CloseCode.SignInExpired);
                break;
        }
        return reply;
    }

    private async Task CloseAfterReply(CloseCode code)
    {
        await Clients.Caller.Closing(Closings.Of(code));
        arrivals.AbortSoon(Context);
    }

    public override Task OnDisconnectedAsync(Exception? exception) => attendance.Disconnect(Speaker.UserId, Context.ConnectionId);

    public Task<Reply<Pong>> Ping(Ping request) => Task.FromResult<Reply<Pong>>(arrivals.Answer(request));

    /// <summary>Makes a change, and answers the first record of the kind that it wrote or found.</summary>
    private Task<Reply<T>> Change<T>(RoomChange change) where T : RoomRecord => Change<T>(() => Task.FromResult(change));

    /// <summary>As above, where something has to be looked up first: not for who is too fast.</summary>
    private async Task<Reply<T>> Change<T>(Func<Task<RoomChange>> make) where T : RoomRecord
    {
        if (limiter.Refusal(Speaker.UserId) is { } wait) return wait;
        var written = await log.Write(await make(), Context.ConnectionAborted, Context.Features.Get<DirectLine>());
        return written.Error is { } refusal ? refusal : written.Result!.Records.OfType<T>().First();
    }

    /// <summary>Whether the caller may do it in the room now; the refusal if not.</summary>
    private async Task<Error?> Barred(Act act, Guid roomId)
    {
        var seen = await pages.FindRoom(roomId, Speaker.UserId, Context.ConnectionAborted);
        return Permissions.Check(act, seen?.Room, Speaker, seen?.Mine, time.Now);
    }

    /// <summary>Whether the caller may see the room now; the refusal if not.</summary>
    private async Task<Error?> Barred(Guid roomId) =>
        await store.FindMember(roomId, Speaker.UserId, Context.ConnectionAborted) is { State: MemberState.Active } ? null : Refusal.NotAMember;
}
