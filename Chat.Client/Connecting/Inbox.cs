using Chat.Client.Events;
using Chat.Client.Rooms;
using Chat.Contracts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Client.Connecting;

/// <summary>What comes in over one link, sorted: records to the book, ephemera to their room, the rest to the client's events.</summary>
internal sealed class Inbox(Link link, RoomBook book, ClientEvents events) : IChatClient
{
    /// <summary>Each event once; a method of the contract that is missing here is found by the tests, a wrong one by the compiler.</summary>
    public static void Register(HubConnection connection, IChatClient inbox)
    {
        connection.On<Message>(nameof(MessageChanged), inbox.MessageChanged);
        connection.On<Member>(nameof(MemberChanged), inbox.MemberChanged);
        connection.On<Room>(nameof(RoomChanged), inbox.RoomChanged);
        connection.On<RoomDeleted>(nameof(RoomDeleted), inbox.RoomDeleted);
        connection.On<TypingNotice>(nameof(TypingChanged), inbox.TypingChanged);
        connection.On<PresenceNotice>(nameof(PresenceChanged), inbox.PresenceChanged);
        connection.On<ReadMarker>(nameof(ReadMarkerMoved), inbox.ReadMarkerMoved);
        connection.On<Reader>(nameof(ReaderMoved), inbox.ReaderMoved);
        connection.On<Invitation>(nameof(InvitationGiven), inbox.InvitationGiven);
        connection.On<InvitationEnded>(nameof(InvitationEnded), inbox.InvitationEnded);
        connection.On<Heads>(nameof(HeadsAnnounced), inbox.HeadsAnnounced);
        connection.On<StreamChunk>(nameof(StreamChunked), inbox.StreamChunked);
        connection.On<SessionRevoked>(nameof(SessionRevoked), inbox.SessionRevoked);
        connection.On<Draining>(nameof(Draining), inbox.Draining);
        connection.On<Notice>(nameof(NoticeGiven), inbox.NoticeGiven);
        connection.On<Closing>(nameof(Closing), inbox.Closing);
    }

    public Task MessageChanged(Message message) => Take(message);

    public Task MemberChanged(Member member) => Take(member);

    public Task RoomChanged(Room room) => Take(room);

    public Task RoomDeleted(RoomDeleted deleted) => Done(() => book.Remove(deleted.RoomId, RoomRemoval.Of(deleted)));

    public Task TypingChanged(TypingNotice notice) => Done(() => book.Find(notice.RoomId)?.Tell(notice));

    public Task PresenceChanged(PresenceNotice notice) => Done(() => book.Find(notice.RoomId)?.Tell(notice));

    public Task ReadMarkerMoved(ReadMarker marker) => Done(() =>
    {
        book.Find(marker.RoomId)?.Move(marker);
        link.CatchUp.CountAgain(marker.RoomId);
    });

    public Task ReaderMoved(Reader reader) => Done(() => book.Find(reader.RoomId)?.Tell(reader));

    public Task InvitationGiven(Invitation invitation) => Done(() => book.Invitations.Add(invitation));

    public Task InvitationEnded(InvitationEnded ended) => Done(() => book.Invitations.Remove(ended.RoomId));

    public Task StreamChunked(StreamChunk chunk) => Done(() => book.Hear(chunk));

    public Task SessionRevoked(SessionRevoked revoked) => Done(() => events.Raise(revoked));

    public Task NoticeGiven(Notice notice) => Done(() => events.Raise(notice));

    public Task HeadsAnnounced(Heads heads) => Done(() =>
    {
        foreach (var room in heads.Rooms)
            if (book.Hear(room)) link.CatchUp.Scattered(room.RoomId);
    });

    public Task Draining(Draining draining) => Done(() =>
    {
        link.EndAfter(NamedWait.OfMs(draining.ReconnectAfterMs));
        events.Raise(draining);
    });

    // Heard already while it was read (see ListeningProtocol); a server that forgets to hang up must not keep the client.
    public Task Closing(Closing closing) => Done(link.End);

    private Task Take(RoomRecord record) => Done(() =>
    {
        if (book.Take(record)) link.CatchUp.Shortly(record.RoomId);
        else link.CatchUp.CountAgain(record.RoomId);
    });

    // A link that has ended may still have words under way: the next one fetches what they said.
    private Task Done(Action action)
    {
        if (!link.HasEnded) action();
        return Task.CompletedTask;
    }
}
