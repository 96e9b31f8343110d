using Chat.Client.Connecting;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>A page of the public rooms and the user's private ones, by name. Waits for a connection and is repeated over drops.</summary>
    /// <param name="request">Which; null for the first page of all.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public Task<RoomPage> ListRoomsAsync(ListRooms? request = null, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.ListRooms(request ?? new ListRooms()), ct).OrThrow();

    /// <summary>A room that the user is in, is invited to, or may find in the list. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Which.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotFound"/>.</exception>
    public Task<RoomSummary> GetRoomAsync(Guid roomId, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.GetRoom(new GetRoom { RoomId = roomId }), ct).OrThrow();

    /// <summary>Makes a room with the user as its owner. Waits for a connection; repeated over drops it makes one room.</summary>
    /// <param name="name">1 to 80 characters.</param>
    /// <param name="kind">Public or private.</param>
    /// <param name="topic">At most 500 characters; null for none.</param>
    /// <param name="ct">Ends waiting and repeating; the room may have been made all the same.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NameTaken"/>, <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<ChatRoom> CreateRoomAsync(string name, RoomKind kind = RoomKind.Public, string? topic = null, CancellationToken ct = default) =>
        CreateRoomAsync(new CreateRoom { RoomId = Guid.CreateVersion7(gear.Time.GetUtcNow()), Name = name, Kind = kind, Topic = topic }, ct);

    /// <summary>As above, with a password, a seat limit, or for a while only.</summary>
    /// <param name="request">What it shall be; its id is new for each room.</param>
    /// <param name="ct">Ends waiting and repeating; the room may have been made all the same.</param>
    /// <exception cref="ChatException">As above.</exception>
    public async Task<ChatRoom> CreateRoomAsync(CreateRoom request, CancellationToken ct = default) =>
        book.Enter(await calls.AskAsync(hub => hub.CreateRoom(request), ct).OrThrow().ConfigureAwait(false));

    /// <summary>Changes a room's name, topic or rules, archives it or opens it again. Waits for a connection and is repeated over drops.</summary>
    /// <param name="request">What is null stays as it is.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>, <see cref="ErrorCode.NameTaken"/>, <see cref="ErrorCode.Invalid"/>.</exception>
    public Task<Room> UpdateRoomAsync(UpdateRoom request, CancellationToken ct = default) => ChangeAsync(hub => hub.UpdateRoom(request), ct);

    /// <summary>Deletes a room with all that is in it. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Which.</param>
    /// <param name="reason">Why, for its members to read; at most 200 characters, null for nothing.</param>
    /// <param name="ct">Ends waiting and repeating; the room may be gone all the same.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.Forbidden"/>.</exception>
    public Task DeleteRoomAsync(Guid roomId, string? reason = null, CancellationToken ct = default) =>
        calls.AskAsync(hub => hub.DeleteRoom(new DeleteRoom { RoomId = roomId, Reason = reason }), ct).OrThrow();

    /// <summary>The direct room with others, always the same for the same people. Waits for a connection and is repeated over drops.</summary>
    /// <param name="userIds">The others, at most 9; none for notes to oneself.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotFound"/>.</exception>
    public async Task<ChatRoom> OpenDirectAsync(IReadOnlyList<Guid> userIds, CancellationToken ct = default)
    {
        var request = new OpenDirect { UserIds = userIds };
        return book.Enter(await calls.AskAsync(hub => hub.OpenDirect(request), ct).OrThrow().ConfigureAwait(false));
    }

    /// <summary>Comes into a room; into one the user is in already, without a change. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Which.</param>
    /// <param name="ct">Ends waiting and repeating; the user may be in the room all the same.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.RoomFull"/>, <see cref="ErrorCode.Banned"/>.</exception>
    public Task<ChatRoom> JoinRoomAsync(Guid roomId, CancellationToken ct = default) => JoinRoomAsync(new JoinRoom { RoomId = roomId }, ct);

    /// <summary>As above, with a password or by an invite link.</summary>
    /// <param name="request">Which, and what opens it.</param>
    /// <param name="ct">Ends waiting and repeating; the user may be in the room all the same.</param>
    /// <exception cref="ChatException">As above; also <see cref="ErrorCode.WrongPassword"/>, <see cref="ErrorCode.RateLimited"/>.</exception>
    public async Task<ChatRoom> JoinRoomAsync(JoinRoom request, CancellationToken ct = default) =>
        book.Enter(await calls.AskAsync(hub => hub.JoinRoom(request), ct).OrThrow().ConfigureAwait(false));

    /// <summary>Leaves a room on all devices. Waits for a connection and is repeated over drops.</summary>
    /// <param name="roomId">Which.</param>
    /// <param name="ct">Ends waiting and repeating; the user may have left all the same.</param>
    /// <exception cref="ChatException">Refused: <see cref="ErrorCode.NotAMember"/>.</exception>
    public async Task LeaveRoomAsync(Guid roomId, CancellationToken ct = default)
    {
        var tries = 0;
        var reply = await calls.AskAsync(hub =>
        {
            tries++;
            return hub.LeaveRoom(new LeaveRoom { RoomId = roomId });
        }, ct).ConfigureAwait(false);
        // A repeat is refused because the first one worked and only its answer was lost.
        if (tries == 1 || reply.Error is not { Code: ErrorCode.NotAMember }) reply.OrThrow();
        book.Remove(roomId, RoomRemoval.Left);
    }

    /// <summary>
    /// A page of the members of a room by name, with their presence, which is entered into <see cref="ChatRoom.Presence"/>. Waits for a
    /// connection and is repeated over drops.
    /// </summary>
    /// <param name="request">Which.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task<MemberPage> ListMembersAsync(ListMembers request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var presence = request.State is MemberState.Active ? book.Find(request.RoomId)?.ExpectPeople() : null;
        try
        {
            var page = await calls.AskAsync(hub => hub.ListMembers(request), ct).OrThrow().ConfigureAwait(false);
            presence?.Take(page, isFirst: request is { After: null, Search: null });
            return page;
        }
        finally
        {
            presence?.Dispose();
        }
    }

    /// <summary>Sets how the user wants to be seen; the client says it again on every new connection. Waits for a connection.</summary>
    /// <param name="status">Online, away or do-not-disturb.</param>
    /// <param name="ct">Ends waiting and repeating.</param>
    /// <exception cref="ChatException">Refused.</exception>
    public async Task<UserPresence> SetPresenceAsync(PresenceStatus status, CancellationToken ct = default)
    {
        var request = new SetPresence { Status = status };
        var presence = await calls.AskAsync(hub => hub.SetPresence(request), ct).OrThrow().ConfigureAwait(false);
        greeting.Presence = status;
        return presence;
    }

    /// <summary>Measures the round trip now; the server hears of it with the next one.</summary>
    /// <param name="ct">Ends waiting.</param>
    /// <exception cref="ChatException">With <see cref="ErrorCode.Unavailable"/>: there is no connection.</exception>
    public Task<TimeSpan> PingAsync(CancellationToken ct = default) => calls.AskOnceAsync(pulse.MeasureAsync, ct);
}
